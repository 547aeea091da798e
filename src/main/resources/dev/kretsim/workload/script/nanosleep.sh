# Twenty tasks sleep in a function that a return probe with four instances follows.
# Lines that begin with echo and cat are those of a shell in /sys/kernel/tracing.
function hrtimer_nanosleep: [spin 1us, call do_nanosleep] returns 0
function do_nanosleep: [sleep exponential(mean=20ms)] returns 0

echo 'p:enter hrtimer_nanosleep' > kprobe_events
echo 'r4:leave hrtimer_nanosleep $retval' >> kprobe_events
echo 'r9999:leave do_nanosleep' >> kprobe_events
cat kprobe_events
echo 1 > events/kprobes/enable

call hrtimer_nanosleep tasks=20 comm=sleeper &
sleep 1ms
echo while they sleep:
cat kprobe_profile
wait
echo after all have returned:
cat kprobe_profile

echo 0 > events/kprobes/enable
cat error_log
cat trace
