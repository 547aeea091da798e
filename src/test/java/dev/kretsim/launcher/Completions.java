package dev.kretsim.launcher;

import dev.kretsim.cli.EveryCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes what lets shells complete the command, for the release: commands, options, and the values
 * of options that have few. For everything else shells offer file names, as they do by themselves.
 */
public final class Completions {
  private static final String BASH =
      """
      # Completion of kretsim for bash, made from its commands: source it in ~/.bashrc.
      _kretsim() {
        local word=${COMP_WORDS[COMP_CWORD]} last=$((COMP_CWORD - 1)) at= place= i
        local -a offered=()
        # "--out=json" is three words here.
        if [[ $word == "=" ]]; then
          word=
        elif [[ ${COMP_WORDS[last]} == "=" ]]; then
          ((last--))
        fi
        for ((i = 1; i <= last; i++)); do
          case "$at ${COMP_WORDS[i]}" in
            @COMMANDS@) at+=" ${COMP_WORDS[i]}" ;;
            @VALUED@)
              ((i == last)) && place="$at ${COMP_WORDS[i]}"
              [[ ${COMP_WORDS[i + 1]} == "=" ]] && ((i++))
              ((i++)) ;;
          esac
        done
        if [[ -z $place ]]; then
          [[ $word == -* ]] && place="$at -" || place=$at
        fi
        case $place in
      @OFFERS@
        esac
        COMPREPLY=($(compgen -W "${offered[*]}" -- "$word"))
        case $place in
          @BESIDE_FILES@)
            compopt -o filenames 2> /dev/null
            while IFS= read -r i; do COMPREPLY+=("$i"); done < <(compgen -f -- "$word") ;;
        esac
      }
      # Where that offers nothing, file names are offered.
      complete -o bashdefault -o default -F _kretsim kretsim
      """;

  private static final String ZSH =
      """
      #compdef kretsim
      # Completion of kretsim for zsh, made from its commands: put it into a folder of $fpath.
      local word=$words[CURRENT] at= place= i
      local -i none=1
      local -a offered
      for ((i = 2; i < CURRENT; i++)); do
        case "$at $words[i]" in
          @COMMANDS@) at+=" $words[i]" ;;
          @VALUED@) ((++i == CURRENT)) && place="$at $words[i-1]" ;;
        esac
      done
      if [[ -z $place && $word == --*=* ]]; then
        place="$at ${word%%=*}"
        compset -P 1 '*='
      elif [[ -z $place ]]; then
        [[ $word == -* ]] && place="$at -" || place=$at
      fi
      case $place in
      @OFFERS@
      esac
      (($#offered)) && _describe -t kretsim kretsim offered && none=0
      case $place in
        @BESIDE_FILES@) _files && none=0 ;;
        *) ((none)) && _files && none=0 ;;
      esac
      return none
      """;

  private static final String FISH =
      """
      # Completion of kretsim for fish, made from its commands: put it into
      # ~/.config/fish/completions.
      function __kretsim_at
        set -l at
        set -l skip
        for word in (commandline -opc)[2..-1]
          if test -n "$skip"
            set skip
          else if contains -- "$at $word" @COMMANDS@
            set at "$at $word"
          else if contains -- "$at $word" @VALUED@
            set skip yes
          end
        end
        test "$at" = "$argv"
      end
      @OFFERS@
      """;

  private final List<Offer> all = Offer.of(new CommandLine(new EveryCommand.Described()));

  private Completions() {}

  /**
   * @param arguments the folder to write to
   */
  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    write(Path.of(arguments[0]));
  }

  static void write(Path folder) throws IOException {
    Completions made = new Completions();
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("kretsim.bash"), made.filled(BASH, "|", made.cases((name, text) -> name)));
    Files.writeString(
        folder.resolve("_kretsim"),
        made.filled(
            ZSH,
            "|",
            made.cases((name, text) -> "'" + (name + ":" + text).replace("'", "'\\''") + "'")));
    Files.writeString(folder.resolve("kretsim.fish"), made.filled(FISH, " ", made.fish()));
  }

  private String filled(String script, String between, List<String> offers) {
    List<String> commands = new ArrayList<>();
    List<String> valued = new ArrayList<>();
    List<String> besideFiles = new ArrayList<>();
    for (Offer offer : all) {
      offer.commands().keySet().forEach(name -> commands.add(offer.path() + " " + name));
      valued.addAll(places(offer, Offer::takesValue));
      besideFiles.addAll(
          places(offer, option -> Offer.takesFile(option) && !Offer.values(option).isEmpty()));
      if (offer.takesArguments() && !offer.commands().isEmpty()) {
        besideFiles.add(offer.path());
      }
    }
    return script
        .replace("@COMMANDS@", quoted(commands, between))
        .replace("@VALUED@", quoted(valued, between))
        .replace("@BESIDE_FILES@", quoted(besideFiles, between))
        .replace("@OFFERS@", String.join("\n", offers));
  }

  private static List<String> places(Offer offer, Predicate<OptionSpec> which) {
    return offer.options().stream()
        .filter(which)
        .flatMap(option -> Stream.of(option.names()))
        .map(name -> offer.path() + " " + name)
        .toList();
  }

  private static String quoted(List<String> places, String between) {
    return places.stream().map(place -> "'" + place + "'").collect(Collectors.joining(between));
  }

  /** For bash and zsh, a case for each place where something is offered. */
  private List<String> cases(BinaryOperator<String> word) {
    List<String> cases = new ArrayList<>();
    for (Offer offer : all) {
      if (!offer.commands().isEmpty()) {
        cases.add(oneCase(offer.path(), offer.commands(), word));
      }
      cases.add(oneCase(offer.path() + " -", offer.optionNames(), word));
      for (OptionSpec option : offer.options()) {
        String values = String.join(" ", Offer.values(option));
        if (!values.isEmpty()) {
          cases.add(
              "    %s) offered=(%s) ;;"
                  .formatted(quoted(places(offer, option::equals), "|"), values));
        }
      }
    }
    return cases;
  }

  private static String oneCase(
      String place, Map<String, String> offered, BinaryOperator<String> word) {
    return "    '%s') offered=(%s) ;;"
        .formatted(
            place,
            offered.entrySet().stream()
                .map(entry -> word.apply(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(" ")));
  }

  private List<String> fish() {
    List<String> lines = new ArrayList<>();
    for (Offer offer : all) {
      String at = "complete -c kretsim -n '__kretsim_at \"%s\"'".formatted(offer.path());
      if (!offer.takesArguments()) {
        lines.add(at + " -f");
      }
      offer
          .commands()
          .forEach((name, text) -> lines.add(at + " -a " + name + " -d " + fishWord(text)));
      for (OptionSpec option : offer.options()) {
        StringBuilder line = new StringBuilder(at);
        for (String name : option.names()) {
          line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
        }
        List<String> values = Offer.values(option);
        if (Offer.takesValue(option)) {
          line.append(values.isEmpty() || Offer.takesFile(option) ? " -r -F" : " -x");
        }
        if (!values.isEmpty()) {
          line.append(" -a ").append(fishWord(String.join(" ", values)));
        }
        lines.add(
            line.append(" -d ").append(fishWord(Offer.text(option.description()))).toString());
      }
    }
    return lines;
  }

  private static String fishWord(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
