/*
 * The read-ahead of a block device's queue, in KiB, as decimal digits and a newline.
 *
 * Named after the function behind /sys/block/DEVICE/queue/read_ahead_kb; its structs have only what it needs.
 */
struct backing_dev_info {
	unsigned long id;
	struct backing_dev_info *next, *prev;
	unsigned long ra_pages; /* read-ahead window, in pages of 4 KiB */
	unsigned long io_pages;
};

struct request_queue {
	void *last_merge;
	void *elevator;
	void *stats;
	unsigned int flags;
	int users;
	struct backing_dev_info *backing_dev_info;
};

static __attribute__((noinline)) long queue_var_show(unsigned long var, char *page)
{
	char digits[20]; /* of the largest 64-bit number, last first */
	int count = 0;
	long length = 0;

	do {
		digits[count++] = '0' + var % 10;
		var /= 10;
	} while (var);
	while (count)
		page[length++] = digits[--count];
	page[length++] = '\n';
	return length;
}

long queue_ra_show(struct request_queue *q, char *page)
{
	unsigned long ra_kb = q->backing_dev_info->ra_pages << 2;

	return queue_var_show(ra_kb, page);
}
