package dev.kretsim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of hosts is taken to the letter, or refused with its line. */
class HostTableTest {
  @TempDir private Path folder;

  private KnownHosts read(String text) throws IOException {
    return HostTable.read(Files.writeString(folder.resolve("hosts.csv"), text));
  }

  @Test
  void anEmptyCellIsNotKnown() throws IOException {
    KnownHosts known =
        read("host,maxactive,rate,seconds,possible_cpus,kernel\ndb1,8,,60,4,5.10\ndb2,,12k/s,,,\n");
    assertThat(known.of("db1")).isEqualTo(new HostFacts(8, null, 60.0, 4, "5.10"));
    assertThat(known.of("db2")).isEqualTo(new HostFacts(null, 12_000.0, null, null, null));
    assertThat(known.of("db3")).isEqualTo(HostFacts.NOTHING);
  }

  @Test
  void whatIsSaidOfAFunctionGoesBeforeWhatIsSaidOfItsHost() throws IOException {
    KnownHosts known =
        read("# ours\nfunction,host,maxactive,kernel\n,db1,8,\nvfs_read,db1,32,6.1\n");
    assertThat(known.of("db1", "vfs_read").maxactive()).isEqualTo(32);
    assertThat(known.of("db1", "vfs_write").maxactive()).isEqualTo(8);
    assertThat(known.of("db1").kernel()).isEqualTo("6.1");
  }

  @Test
  void whatIsOfAHostIsSoInTheRowOfAFunctionToo() throws IOException {
    KnownHosts known =
        read(
            "host,function,maxactive,seconds,possible_cpus,kernel\ndb1,f,8,60,4,5.10\ndb1,g,9,,,\n");
    assertThat(known.of("db1")).isEqualTo(new HostFacts(null, null, 60.0, 4, "5.10"));
    assertThat(known.of("db1", "f")).isEqualTo(new HostFacts(8, null, 60.0, 4, "5.10"));
    assertThat(known.of("db1", "g")).isEqualTo(new HostFacts(9, null, 60.0, 4, "5.10"));
  }

  @Test
  void quotedCellsAreReadAsSpreadsheetsWriteThem() throws IOException {
    KnownHosts known = read("\ufeff\"host\",\"rate\"\r\n\"db,1\",\"12,000/s\"\r\n");
    assertThat(known.of("db,1").ratePerSecond()).isEqualTo(12_000.0);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host,maxactve|1: no column is called 'maxactve'; did you mean maxactive?
          host,rate,rate|1: the column rate stands twice
          rate|1: the column host is missing
          host,rate;db1,5;db1,6|3: db1 stands twice
          host,function;db1,f;db1,g;db1,f|4: db1 stands twice with f
          host,rate;db1|2: 1 cells where the header line has 2
          host,rate;,5|2: the host has no name
          host,maxactive;db1,0|2: maxactive must be a number from 1 to 65536: 0
          host,maxactive;db1,1e3|2: maxactive must be a number from 1 to 65536: 1e3
          host,rate;db1,0/s|2: rate must be above 0: 0/s
          host,rate;db1,fast|2: a rate is a number per s
          host,seconds;db1,-1|2: seconds must be above 0: -1
          host,seconds;db1,0.0|2: seconds must be above 0: 0.0
          host,seconds;db1,1h|2: seconds must be a number without a unit, such as 3600: 1h
          host,seconds;db1,99999999999|2: seconds must be at most 10^9: 99999999999
          host,function,seconds;db1,f,60;db1,g,61|3: db1 has other seconds above
          host,possible_cpus;db1,9000|2: possible_cpus must be a number from 1 to 8192: 9000
          host,kernel;db1,new|2: kernel must be a release as uname -r prints it: new
          host,function,kernel;db1,f,6.1;db1,g,5.10|3: db1 has another kernel above
          host;"db1|2: a quote that is not closed
          """)
  void whatIsNoneIsRefusedWithItsLine(String rows, String why) {
    assertThatThrownBy(() -> read(rows.replace(';', '\n') + "\n"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("hosts.csv:" + why);
  }

  @Test
  void aFileThatSaysNothingIsRefused() {
    assertThatThrownBy(() -> read("\n")).hasMessageContaining("is empty; expected a header line");
    assertThatThrownBy(() -> HostTable.read(folder.resolve("none.csv")))
        .hasMessageContaining("none.csv: cannot be read: no such file");
  }
}
