# A module of a few functions, which refer to each other, to the kernel, and to tables. Made into
# tiny-module.elf by
#   as -o tiny-module.elf tiny-module.s
        .section .modinfo, "a"
        .asciz "license=Apache 2.0"
        .asciz "vermagic=6.1.9-tiny SMP preempt mod_unload"
        .text
        .type read_it, @function
read_it:
1:      call __fentry__
        mov %rdi, %rax
        add %rbx, %rax
        call elsewhere                  # in the kernel
        call helper                     # here
2:      mov (%rax), %rcx
        ret
        .balign 16, 0xcc
        .section __mcount_loc, "a"
        .quad 1b
        .section __ex_table, "a"
        .long 2b - ., 2b - ., 0
        .text
        .type helper, @function
helper: mov %rdi, %rax
        add %rbx, %rax
        jmp after                       # would lie in between, were it not filled in
        .balign 16, 0xcc
        .section .text.unlikely, "ax"
        .type after, @function
after:  mov %rdi, %rax
        ud2
        .section __bug_table, "aw"
        .long after + 3 - ., 0
        .short 1, 0
        .section .kprobes.text, "ax"
        .type quiet, @function
quiet:  nop
        ret
        .section .init.text, "ax"
        .type at_start, @function
at_start:
        nop
        ret
