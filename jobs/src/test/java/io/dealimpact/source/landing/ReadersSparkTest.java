package io.dealimpact.source.landing;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RawRecord;
import io.dealimpact.testing.SparkForTests;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class ReadersSparkTest {
  private static final SparkSession SPARK = SparkForTests.session();
  private static final String BARS =
      "instrument_id,trade_date,open,high,low,close,adjusted_close,volume\n";

  @TempDir private Path landing;

  private void write(String path, String content) throws IOException {
    Files.createDirectories(landing.resolve(path).getParent());
    Files.writeString(landing.resolve(path), content);
  }

  private Listing list() throws IOException {
    return Landing.list(SPARK, landing.toString());
  }

  @Test
  void listsWhatLiesThereAndReadsIt() throws IOException {
    write("instruments/a.csv", "instrument_id,ticker\nA,A\n");
    write("deals/a.jsonl", "{\"deal_id\": \"d\"}\n");
    write("bars/x/b c%20.csv", BARS + "B,2025-01-02,1,2,0.5,1.5,1.4,100\n");
    write(
        "bars/yahoo/AMZN.csv",
        "Date,Open,High,Low,Close,Adj Close,Volume\nd,1,1,1,1,1,1\nragged\n");
    write("bars/empty.csv", "");
    write("bars/README.md", "no");
    write("bars/_SUCCESS", "");
    write(".hidden/x.csv", "");
    write("bras/x.csv", "a");
    Listing listing = list();
    assertThat(listing.missing()).isEmpty();
    assertThat(listing.unknown())
        .extracting(UnknownFile::relativePath)
        .containsExactly("bras/x.csv");
    assertThat(listing.files())
        .extracting(LandingFile::relativePath)
        .containsExactly(
            "bars/empty.csv",
            "bars/x/b c%20.csv",
            "bars/yahoo/AMZN.csv",
            "deals/a.jsonl",
            "instruments/a.csv");
    assertThat(listing.files(Feed.DEALS).get(0).sha256())
        .isEqualTo(ReadFile.sha256(Files.readAllBytes(landing.resolve("deals/a.jsonl"))));

    Dataset<Row> rows = Readers.read(SPARK, Feed.BARS, listing.files(Feed.BARS));
    assertThat(rows.schema()).isEqualTo(Readers.schema(Feed.BARS));
    assertThat(rows.collectAsList())
        .extracting(
            row -> row.getAs("source_file"),
            row -> row.getAs("source_line"),
            row -> row.getAs("ticker"),
            row -> row.getAs("close"),
            row -> row.getAs("read_error"))
        .containsExactlyInAnyOrder(
            tuple("bars/empty.csv", 1L, null, null, "empty-file"),
            tuple("bars/x/b c%20.csv", 2L, null, "1.5", null),
            tuple("bars/yahoo/AMZN.csv", 2L, "AMZN", "1", null),
            tuple("bars/yahoo/AMZN.csv", 3L, "AMZN", null, "malformed-record"));
  }

  @Test
  void recordsOfOneLineAreNumbered() throws IOException {
    write("deals/a.json", "[{\"deal_id\": \"d\"}, {\"deal_id\": \"d\"},\n{\"deal_id\": \"e\"}]");
    write("deals/b.json", "[{\"deal_id\": \"f\"}]");
    assertThat(
            Readers.read(SPARK, Feed.DEALS, list().files(Feed.DEALS))
                .orderBy("source_file", "source_line", "source_element")
                .collectAsList())
        .extracting(
            row -> row.getAs("deal_id"),
            row -> row.getAs("source_line"),
            row -> row.getAs("source_element"))
        .containsExactly(
            tuple("d", 1L, 0), tuple("d", 1L, 1), tuple("e", 2L, 0), tuple("f", 1L, 0));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyRegularFilesInsideTheFolderAreRead(@TempDir Path outside) throws Exception {
    write("bars/good.csv", BARS);
    write("bars/b:c.csv", BARS);
    Files.writeString(outside.resolve("secret.csv"), BARS);
    Files.createSymbolicLink(landing.resolve("bars/out.csv"), outside.resolve("secret.csv"));
    Files.createSymbolicLink(landing.resolve("fx"), outside);
    Files.createSymbolicLink(landing.resolve("bars/dead.csv"), outside.resolve("nowhere.csv"));
    Files.createSymbolicLink(landing.resolve("bars/again.csv"), landing.resolve("bars/good.csv"));
    Path pipe = landing.resolve("bars/pipe.csv");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path socket = landing.resolve("bars/s.csv");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Listing listing = list();
      assertThat(listing.files())
          .extracting(LandingFile::relativePath)
          .containsExactly("bars/again.csv", "bars/good.csv");
      String link = "it is a link out of the landing zone, and such links are not followed";
      String special = "it is no regular file but a pipe, a socket or a device";
      assertThat(listing.unknown())
          .containsExactly(
              new UnknownFile(
                  "bars/b:c.csv",
                  "its name has a colon, which Hadoop takes for a part of an address"),
              new UnknownFile("bars/dead.csv", "it is a link that leads nowhere"),
              new UnknownFile("bars/out.csv", link),
              new UnknownFile("bars/pipe.csv", special),
              new UnknownFile("bars/s.csv", special),
              new UnknownFile("fx/", link));
    }
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    String nowhere = landing.resolve("nowhere").toString();
    assertThat(Landing.list(SPARK, nowhere).missing())
        .containsExactly(new MissingInput("landing folder", nowhere));
    write("bars/a.csv", BARS);
    assertThat(list().missing())
        .containsExactly(
            new MissingInput("instruments", landing.resolve("instruments").toString()),
            new MissingInput("deals", landing.resolve("deals").toString()));
  }

  @Test
  void parquetKeepsFullPrecision() throws IOException {
    StructType schema =
        StructType.fromDDL(
            "ticker STRING, Date DATE, open DOUBLE, high DECIMAL(20,4), low FLOAT, close DOUBLE,"
                + " `Adj Close` DOUBLE, volume BIGINT, `my note` STRING");
    List<Row> bars =
        List.of(
            RowFactory.create(
                "A",
                Date.valueOf("2025-01-02"),
                0.1 + 0.2,
                new BigDecimal("2.5000"),
                0.1f,
                1.0e10,
                null,
                100L,
                "n"),
            RowFactory.create(
                "B", Date.valueOf("2025-01-03"), Double.NaN, null, null, 1.0, 1.0, 1L, null));
    parquet(bars, schema, "bars/good folder/x%y [1].parquet");
    nanoseconds("bars/few.parquet");
    write("bars/broken.parquet", "PAR1 rubbish");
    write("bars/empty.parquet", "");

    Dataset<Row> rows = Readers.read(SPARK, Feed.BARS, list().files(Feed.BARS));
    assertThat(rows.schema()).isEqualTo(Readers.schema(Feed.BARS));
    List<Row> all = rows.orderBy("source_file", "source_line").collectAsList();
    assertThat(all)
        .extracting(
            row -> row.getAs("source_line"),
            row -> row.getAs("read_error"),
            row -> row.getAs("trade_date"))
        .containsExactly(
            tuple(0L, "unreadable-file", null),
            tuple(0L, "empty-file", null),
            tuple(1L, null, "2025-01-02"),
            tuple(1L, null, "2025-01-02"),
            tuple(2L, null, "2025-01-03"));
    assertThat(all.get(3).mkString("|"))
        .startsWith(
            "null|A|2025-01-02|0.30000000000000004|2.5000|0.1|1.0E10|null|100|null|null|null|"
                + "{\"my note\":\"n\"}|{\"ticker\":\"A\",\"Date\":\"2025-01-02\"");
    assertThat(all.get(4).<String>getAs("extra_fields")).isNull();
    assertThat(all.get(4).<String>getAs("open")).isEqualTo("NaN");
    assertThat(all.get(2).<String>getAs("extra_fields"))
        .isEqualTo("{\"seen\":\"1969-12-31T23:59:58.500Z\"}");
  }

  /** Spark takes the low byte alone of the first; 12.3456 would be 0.0064. */
  @Test
  void aDecimalThatSparkReadsWronglyIsRefused() throws IOException {
    for (int bytes : new int[] {9, 12, 15}) {
      decimals("bars/wide" + bytes + ".parquet", bytes, 18);
    }
    decimals("bars/fits.parquet", 8, 18);
    decimals("bars/long.parquet", 12, 20);

    assertThat(
            Readers.read(SPARK, Feed.BARS, list().files(Feed.BARS))
                .orderBy("source_file")
                .collectAsList())
        .extracting(
            row -> row.getAs("source_file"),
            row -> row.getAs("close"),
            row -> row.getAs("read_error"))
        .containsExactly(
            tuple("bars/fits.parquet", "12.3456", null),
            tuple("bars/long.parquet", "12.3456", null),
            tuple("bars/wide12.parquet", null, "unreadable-file"),
            tuple("bars/wide15.parquet", null, "unreadable-file"),
            tuple("bars/wide9.parquet", null, "unreadable-file"));
  }

  /** As pandas, polars and yfinance write a session: midnight at the exchange, as an instant. */
  @Test
  void aSessionsInstantKeepsItsZone() throws IOException {
    StructType schema =
        StructType.fromDDL(
            "Date TIMESTAMP, Close DOUBLE, Dividends DOUBLE,"
                + " `Stock Splits` DOUBLE, __index_level_0__ BIGINT");
    parquet(
        List.of(
            RowFactory.create(
                Timestamp.from(Instant.parse("2025-09-10T04:00:00Z")), 1.0, 0.0, 0.0, 0L),
            RowFactory.create(
                Timestamp.from(Instant.parse("2025-09-09T22:00:00Z")), 1.5, 0.0, 0.0, 1L),
            RowFactory.create(
                Timestamp.from(Instant.parse("2025-09-10T00:00:00Z")), 2.0, 0.0, 0.0, 2L)),
        schema,
        "bars/yahoo/AMZN.parquet");
    parquet(
        List.of(RowFactory.create(Date.valueOf("2025-09-10"), 3.0)),
        StructType.fromDDL("__index_level_0__ DATE, close DOUBLE"),
        "bars/ticker=BRK.B/part-0.parquet");
    parquet(
        List.of(RowFactory.create(Date.valueOf("2025-09-10"), 4.0)),
        StructType.fromDDL("__index_level_0__ DATE, close DOUBLE"),
        "bars/ticker=%5ESPX/part-0.parquet");

    assertThat(
            Readers.read(SPARK, Feed.BARS, list().files(Feed.BARS))
                .orderBy("source_file", "source_line")
                .collectAsList())
        .extracting(
            row -> row.getAs("ticker"),
            row -> row.getAs("trade_date"),
            row -> row.getAs("close"),
            row -> row.getAs("price_basis"))
        .containsExactly(
            tuple("^SPX", "2025-09-10", "4.0", null),
            tuple("BRK.B", "2025-09-10", "3.0", null),
            tuple("AMZN", "2025-09-10 04:00:00Z", "1.0", "dividend-adjusted"),
            tuple("AMZN", "2025-09-09 22:00:00Z", "1.5", "dividend-adjusted"),
            tuple("AMZN", "2025-09-10", "2.0", "dividend-adjusted"));
  }

  /** Characters are counted, not bytes: a record of many bytes may be short enough. */
  @Test
  void ofALongParquetRecordTheBeginningIsKept() throws IOException {
    StructType schema =
        StructType.fromDDL("instrument_id STRING, trade_date STRING, close DOUBLE, note STRING");
    parquet(
        Stream.of("x".repeat(5_000), "é".repeat(3_000), "é".repeat(5_000), "short")
            .map(note -> RowFactory.create("A", "2025-01-02", 1.0, note))
            .toList(),
        schema,
        "bars/notes.parquet");

    String before =
        "{\"instrument_id\":\"A\",\"trade_date\":\"2025-01-02\",\"close\":1.0,\"note\":\"";
    int left = RawRecord.RAW_CHARS - before.length();
    assertThat(
            Readers.read(SPARK, Feed.BARS, list().files(Feed.BARS))
                .orderBy("source_line")
                .select("raw_record")
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactly(
            before + "x".repeat(left),
            before + "é".repeat(3_000) + "\"}",
            before + "é".repeat(left),
            before + "short\"}");
  }

  /** {@code yf.download(["A", "B"]).to_parquet()}. */
  @Test
  void tickersSideBySideAreRecordsOfTheirOwn() throws IOException {
    parquet(
        List.of(
            RowFactory.create(Date.valueOf("2025-09-10"), 1.0, 2.0, 10L, null),
            RowFactory.create(Date.valueOf("2025-09-11"), 1.5, null, 11L, null)),
        StructType.fromDDL(
            "Date DATE, `('Close', 'A')` DOUBLE, `('Close', 'B')` DOUBLE, `('Volume', 'A')` BIGINT,"
                + " `('Volume', 'B')` BIGINT"),
        "bars/yahoo/both.parquet");

    assertThat(
            Readers.read(SPARK, Feed.BARS, list().files(Feed.BARS))
                .orderBy("source_line", "source_element")
                .collectAsList())
        .extracting(
            row -> row.getAs("source_line"),
            row -> row.getAs("source_element"),
            row -> row.getAs("ticker"),
            row -> row.getAs("close"),
            row -> row.getAs("volume"),
            row -> row.getAs("read_error"))
        .containsExactly(
            tuple(1L, 0, "A", "1.0", "10", null),
            tuple(1L, 1, "B", "2.0", null, null),
            tuple(2L, 0, "A", "1.5", "11", null));
  }

  @Test
  void ofADeltaTableOnlyThePresentFilesAreRead() throws IOException {
    String table = landing.resolve("bars/prices").toString();
    Dataset<Row> wrong =
        SPARK.sql("SELECT 'A' AS ticker, DATE'2025-09-10' AS trade_date, 9.0D AS close");
    wrong.coalesce(1).write().format("delta").save(table);
    wrong
        .withColumn("close", lit(1.0))
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .save(table);
    write("bars/iceberg/data/a.csv", BARS);
    write("bars/iceberg/metadata/v1.metadata.json", "{}");
    write("bars/hudi/a.csv", BARS);
    write("bars/hudi/.hoodie/hoodie.properties", "");

    Listing listing = list();
    assertThat(listing.tables()).containsExactly("bars/prices/");
    assertThat(Readers.read(SPARK, Feed.BARS, listing.files(Feed.BARS)).collectAsList())
        .extracting(row -> row.getAs("close"))
        .containsExactly("1.0");
    assertThat(listing.unknown())
        .extracting(UnknownFile::relativePath, file -> file.reason().substring(0, 30))
        .containsExactly(
            tuple("bars/hudi/", "it is a table of Apache Hudi, "),
            tuple("bars/iceberg/", "it is a table of Apache Iceber"));
  }

  /** Bytes of a good file changed, left out and cut: it is read, or refused with a reason. */
  @Test
  void damagedParquetIsReadOrRefused() throws IOException {
    damagedParquet(12);
  }

  /** By {@code mvn -B verify -Pslow -Dit.test=ReadersSparkTest}. */
  @Tag("slow")
  @Test
  void manyDamagedParquetFilesAreReadOrRefused() throws IOException {
    damagedParquet(2_000);
  }

  private void damagedParquet(int files) throws IOException {
    parquet(
        SPARK
            .range(200)
            .selectExpr(
                "concat('T', id) AS ticker",
                "date_add(DATE'2025-01-01', CAST(id AS INT)) AS trade_date",
                "CAST(id AS DECIMAL(9, 2)) AS close",
                "id * 3 AS volume")
            .collectAsList(),
        StructType.fromDDL("ticker STRING, trade_date DATE, close DECIMAL(9, 2), volume BIGINT"),
        "_good/good.parquet");
    byte[] good = Files.readAllBytes(landing.resolve("_good/good.parquet"));
    Random random = new Random(14);
    Files.createDirectories(landing.resolve("bars"));
    for (int i = 0; i < files; i++) {
      byte[] bytes = good.clone();
      int at = random.nextInt(bytes.length);
      switch (i % 3) {
        case 0 -> bytes[at] ^= (byte) (1 + random.nextInt(255));
        case 1 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 16), (byte) random.nextInt());
        default -> bytes = Arrays.copyOf(bytes, at);
      }
      Files.write(landing.resolve("bars/%05d.parquet".formatted(i)), bytes);
    }

    Dataset<Row> rows = Readers.read(SPARK, Feed.BARS, list().files(Feed.BARS));
    assertThat(rows.groupBy("source_file").count().collectAsList()).hasSize(files);
    assertThat(rows.where("read_error = 'unreadable-file'").count()).isPositive();
  }

  /** An empty table that is written after a download failed has other columns, or none. */
  @Test
  void aParquetFileWithoutRowsSaysSoIfItHasTheColumnsOfTheFeed() throws IOException {
    withoutRows("bars/AMZN.parquet", "trade_date", "close");
    withoutRows("bars/date=2025-01-02/one.parquet", "close");
    withoutRows("bars/pivoted.parquet", "Date", "('Close', 'AMZN')");
    withoutRows("bars/without-close.parquet", "trade_date");
    withoutRows("bars/without-columns.parquet", "__index_level_0__");

    assertThat(
            Readers.read(SPARK, Feed.BARS, list().files(Feed.BARS))
                .orderBy("source_file")
                .collectAsList())
        .extracting(row -> row.getAs("source_file"), row -> row.getAs("read_error"))
        .containsExactly(
            tuple("bars/AMZN.parquet", "no-rows"),
            tuple("bars/date=2025-01-02/one.parquet", "no-rows"),
            tuple("bars/pivoted.parquet", "no-rows"),
            tuple("bars/without-close.parquet", "missing-columns"),
            tuple("bars/without-columns.parquet", "missing-columns"));
  }

  private void withoutRows(String path, String... columns) throws IOException {
    Files.createDirectories(landing.resolve(path).getParent());
    MessageType type =
        new MessageType(
            "m",
            Stream.of(columns)
                .map(name -> (Type) Types.optional(PrimitiveTypeName.DOUBLE).named(name))
                .toList());
    var file = new org.apache.hadoop.fs.Path(landing.resolve(path).toString());
    ExampleParquetWriter.builder(file).withType(type).build().close();
  }

  private void decimals(String path, int bytes, int digits) throws IOException {
    Files.createDirectories(landing.resolve(path).getParent());
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message m {
              optional binary instrument_id (STRING);
              optional binary trade_date (STRING);
              optional fixed_len_byte_array(%d) close (DECIMAL(%d,4));
            }"""
                .formatted(bytes, digits));
    byte[] unscaled = new byte[bytes];
    unscaled[bytes - 3] = 1;
    unscaled[bytes - 2] = (byte) 0xe2;
    unscaled[bytes - 1] = 0x40;
    var file = new org.apache.hadoop.fs.Path(landing.resolve(path).toString());
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file).withType(type).build()) {
      writer.write(
          new SimpleGroupFactory(type)
              .newGroup()
              .append("instrument_id", "C")
              .append("trade_date", "2025-01-02")
              .append("close", Binary.fromConstantByteArray(unscaled)));
    }
  }

  /** As pandas writes it. */
  private void nanoseconds(String path) throws IOException {
    MessageType type =
        MessageTypeParser.parseMessageType(
            """
            message m {
              optional binary instrument_id (STRING);
              optional int64 trade_date (TIMESTAMP(NANOS,false));
              optional double close;
              optional int64 seen (TIMESTAMP(NANOS,true));
            }""");
    var file = new org.apache.hadoop.fs.Path(landing.resolve(path).toString());
    try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file).withType(type).build()) {
      writer.write(
          new SimpleGroupFactory(type)
              .newGroup()
              .append("instrument_id", "C")
              .append("trade_date", 1_735_776_000_000_000_000L)
              .append("close", 1.0)
              .append("seen", -1_500_000_000L));
    }
  }

  private void parquet(List<Row> rows, StructType schema, String path) throws IOException {
    Path folder = landing.resolve("_written");
    SPARK
        .createDataFrame(rows, schema)
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(folder.toString());
    try (var written = Files.list(folder)) {
      Path file = written.filter(p -> p.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.createDirectories(landing.resolve(path).getParent());
      Files.move(file, landing.resolve(path));
    }
  }
}
