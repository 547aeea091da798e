# A kernel of a few functions, with the tables that real ones have. Made into tiny-vmlinux.elf by
#   as -o tiny.o tiny.s
#   ld -o tiny-vmlinux.elf -Ttext=0xffffffff81000000 --section-start=.init.text=0xffffffff81010000 \
#      --section-start=.rodata=0xffffffff81020000 -e _stext tiny.o
        .text
        .globl _stext, _etext
_stext:
        .balign 16
__pfx_plain:
        .skip 16, 0x90
        .type plain, @function
plain:  endbr64
1:      call __fentry__
        mov %rdi, %rax
        add %rbx, %rax
        xor %eax, %eax
        ret
        .balign 16, 0xcc
        .section .init.data, "aw"
        .quad 1b
        .text

        .type faulty, @function
faulty: mov %rdi, %rax
        add %rbx, %rax
2:      mov (%rax), %rcx
        ret
3:      xor %ecx, %ecx
        ret
        .balign 16, 0xcc
        .section __ex_table, "a"
        .long 2b - .
        .long 3b - .
        .long 0
        .text

        .type patched, @function
patched:
        mov %rdi, %rax
4:      .byte 0x0f, 0x1f, 0x44, 0, 0    # a jump label, off
5:      call plain                      # a static call
6:      ud2                             # a BUG
7:      .byte 0x66, 0x90                # a short jump label, off
8:      nop                             # an alternative
        nop
        nop
9:      jmp __x86_return_thunk
        .balign 16, 0xcc
        .section .rodata, "a"
__start___jump_table:
        .long 4b - ., 9b - .
        .quad 0
        .long 7b - ., 9b - .
        .quad 0
__stop___jump_table:
__start_static_call_sites:
        .long 5b - ., 0
__stop_static_call_sites:
        .section __bug_table, "aw"
        .long 6b - ., 0
        .short 1, 0
        .section .altinstructions, "a"
        .long 8b - ., 9b - ., 0
        .byte 3, 0
        .section .return_sites, "a"
        .long 9b - .
        .text

        .type secret, @function
secret: push %rbp
        pop %rbp
        ret
        .balign 16, 0xcc
        .section .init.data, "aw"
__stop_mcount_loc:
__start_kprobe_blacklist:
        .quad secret
__stop_kprobe_blacklist:
        .text
        .type secret.cold, @function
secret.cold:
        nop
        ret
        .balign 16, 0xcc

__noinstr_text_start:
        .type quiet, @function
quiet:  nop
        ret
        .balign 16, 0xcc
__noinstr_text_end:
        .type __fentry__, @function
__fentry__:
        ret
        .balign 16, 0xcc
        .type __x86_return_thunk, @function
__x86_return_thunk:
        ret
        int3
        .balign 16, 0xcc
_etext:
        .section .init.text, "ax"
        .type at_start, @function
at_start:
        nop
        ret
        .section .init.data, "aw"
        .set __start_mcount_loc, .init.data
        .section .rodata, "a"
        .globl linux_banner
linux_banner:
        .asciz "Linux version 6.12.9-tiny (nobody@nowhere) #1 SMP"
