# A kernel of arm64, in words, as any assembler can make it. Made into tiny-arm64.elf by
#   as -o tiny.o tiny-arm64.s
#   ld -o tiny-arm64.elf -Ttext=0xffff800080010000 -e _stext tiny.o
#   printf '\267' | dd of=tiny-arm64.elf bs=1 seek=18 conv=notrunc      # the machine: 183
        .text
        .globl _stext, _etext
_stext:
        .type traced, @function
traced: .long 0xd503245f        # bti c
1:      .long 0xd503201f        # nop
        .long 0xd503201f        # nop: the site
        .long 0x910003fd        # mov x29, sp
        .long 0x54000040        # b.eq, 8 bytes on
        .long 0xd65f03c0        # ret
        .type faulty, @function
faulty: .long 0xf9400000        # ldr x0, [x0], which may fault
        .long 0xc85f7c01        # ldxr x1, [x0]
        .long 0x91000421        # add x1, x1, #1, between a load and its store
        .long 0xc8027c01        # stxr w2, x1, [x0]
        .long 0xd65f03c0        # ret
_etext:
        .section __ex_table, "a"
        .long faulty - ., _etext - 4 - .
        .short 1, 0
        .section .init.data, "aw"
__start_mcount_loc:
        .quad 1b
__stop_mcount_loc:
        .section .rodata, "a"
        .globl linux_banner
linux_banner:
        .asciz "Linux version 6.1.9-tiny (nobody@nowhere) #1 SMP"
