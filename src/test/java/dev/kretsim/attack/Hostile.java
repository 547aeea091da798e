package dev.kretsim.attack;

import java.util.List;
import java.util.SplittableRandom;

/** Values that nobody expects. */
final class Hostile {
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "2",
          "3",
          "7",
          "64",
          "0.5",
          "1e-4",
          "1e-320",
          "1e308",
          "1e400",
          "NaN",
          "Infinity",
          "-Infinity",
          "0x10",
          "0x1p3",
          "010",
          "1_000",
          "1e3",
          "2dx",
          "2x",
          "1000x",
          "2147483647",
          "2147483648",
          "-2147483648",
          "4294967296",
          "1000000000",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "\u0663",
          "\uff11",
          "1.",
          ".5",
          "+3",
          "1,2",
          "1,,2",
          ",",
          "131072",
          "8192",
          "8193",
          "4096",
          "4097",
          "100000");
  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "a",
          "a b",
          "null",
          "true",
          "on",
          "-",
          "--",
          "@x",
          "%s%n%d",
          "$(x)",
          "../x",
          "/dev/full",
          "/dev/null",
          "/proc/self/mem",
          "/proc/self/environ",
          "/nonexistent/x",
          "~",
          "\u00e9",
          "\ud83d\ude00",
          "\ud800",
          "\u001b[31mred",
          "a\nb",
          "a\u0000b",
          "\u202eabc",
          "x".repeat(300),
          "y".repeat(5000),
          "(",
          ")",
          "()",
          "{}",
          "[]",
          "\"",
          "'",
          "sample:",
          "sample:nope",
          "table",
          "json",
          "csv",
          "markdown",
          "html",
          "text",
          "hlist",
          "freelist",
          "objpool",
          "ring",
          "mpmc",
          "tas",
          "ticket",
          "5.4",
          "5.10",
          "6.1",
          "6.12",
          "7.3",
          "x86_64",
          "arm64",
          "real",
          "virtual",
          "full",
          "none",
          "hit",
          "missed",
          "calls",
          "events",
          "profile");
  private static final List<String> TIMES =
      List.of(
          "0ns",
          "1ns",
          "0.1ns",
          "80us",
          "2ms",
          "1s",
          "100s",
          "4611686018s",
          "4611686019s",
          "146y",
          "-1s",
          "1.5.5s",
          "1S",
          "1",
          "99999999999999999999s",
          "0.00000000000000000001s",
          "1m");
  private static final List<String> RATES =
      List.of(
          "0/s",
          "1/s",
          "12000/s",
          "10000/us",
          "10001/us",
          "1/",
          "/s",
          "1/d",
          "-1/s",
          "1e5/s",
          "100/ms",
          "1000000/s",
          "1/min",
          "1/h",
          "0.0001/h");
  private static final List<String> LAWS =
      List.of(
          "fixed(A)",
          "uniform(min=A,max=B)",
          "exponential(mean=A)",
          "erlang(mean=A,k=N)",
          "hyperexponential(mean=A,cv2=N)",
          "gamma(mean=A,shape=N)",
          "lognormal(p50=A,p99=B)",
          "lognormal(mean=A,sigma=N)",
          "weibull(mean=A,shape=N)",
          "pareto(mean=A,shape=N)",
          "empirical(F)",
          "fixed(A",
          "fixed()",
          "nope(mean=A)",
          "exponential(mean=A,mean=B)",
          "exponential(mean=exponential(mean=A))",
          "uniform(min=A)");
  private static final List<String> PROCESSES =
      List.of(
          "poisson(rate=R)",
          "renewal(L)",
          "mmpp(rates=R:R,stay=A:B)",
          "onoff(rate=R,on=L,off=L)",
          "batch(rate=R,size=N)",
          "batch(rate=R,size=uniform(min=N,max=N))",
          "mmpp(rates=R,stay=A)",
          "batch(rate=R,size=L)",
          "renewal(renewal(L))",
          "poisson()",
          "mmpp(rates=,stay=)");

  private static final String ODD = ":{}[],&*!|>'\"%@`#-?\t \u0000\u00e9\u2028x0";

  private final SplittableRandom random;
  private final List<String> files;

  /**
   * @param files names of files that are there
   */
  Hostile(SplittableRandom random, List<String> files) {
    this.random = random;
    this.files = files;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  String number() {
    return one(NUMBERS);
  }

  String time() {
    return one(TIMES);
  }

  String law() {
    return filled(one(LAWS));
  }

  private String process() {
    String process = one(PROCESSES);
    while (process.contains("L")) {
      process = process.replaceFirst("L", law());
    }
    while (process.contains("R")) {
      process = process.replaceFirst("R", one(RATES));
    }
    return filled(process);
  }

  private String filled(String law) {
    return law.replaceFirst("A", time())
        .replaceFirst("B", time())
        .replaceFirst("N", number())
        .replaceFirst("N", number())
        .replaceFirst("\\bF\\b", random.nextInt(5) == 0 ? "/dev/zero" : one(files));
  }

  /** Anything. */
  String any() {
    return switch (random.nextInt(9)) {
      case 0, 1 -> number();
      case 2 -> time();
      case 3 -> one(RATES);
      case 4 -> law();
      case 5 -> process();
      case 6 -> one(files);
      default -> one(WORDS);
    };
  }

  /** Something of the kind that an option of that name wants, most often. */
  String fitting(String option) {
    if (random.nextInt(4) == 0) {
      return any();
    }
    return switch (option) {
      case "--hold", "--think" -> law();
      case "--arrivals" -> process();
      case "--rate" -> one(RATES);
      case "--duration" -> time();
      default -> random.nextBoolean() ? number() : one(WORDS);
    };
  }

  /** A text in which one letter is another, or one too many. */
  static String flipped(String text, SplittableRandom random) {
    if (text.isEmpty()) {
      return "\t";
    }
    int at = random.nextInt(text.length());
    char odd = ODD.charAt(random.nextInt(ODD.length()));
    return text.substring(0, at) + odd + text.substring(at + random.nextInt(2));
  }
}
