package io.dealimpact.source.landing;

import static org.apache.parquet.format.converter.ParquetMetadataConverter.SKIP_ROW_GROUPS;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.dealimpact.row.RowWriter;
import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.text.FileNames;
import io.dealimpact.source.vendor.FolderColumns;
import io.dealimpact.source.vendor.PriceBasis;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Parquet files through Spark, all columns as text in full precision; a time stamp at midnight is a
 * date. Files of one schema are read together. Columns are found as in a CSV header.
 */
final class ParquetTables {
  private static final String FILE = "_file";
  private static final String TICKER = "_ticker";
  private static final String INDEX = "_index";

  /** Before the number of a column that the folders give. */
  private static final String FOLDER = "_folder_";

  /** Digits of a decimal that Spark reads into a long. */
  private static final int LONG_DIGITS = 18;

  /** What a file is, before what is said of it; see {@link #looks}. */
  private static final String BROKEN = "!";

  private static final String NO_ROWS = "0";
  private static final String READABLE = "=";
  private static final String NAME_END = "\0";
  private static final String SCHEMA_START = "\0\0";

  private ParquetTables() {}

  static List<Dataset<Row>> read(SparkSession spark, Feed feed, List<LandingFile> files) {
    if (files.isEmpty()) {
      return List.of();
    }
    List<Row> errors = new ArrayList<>();
    Map<String, List<LandingFile>> bySchema = new TreeMap<>();
    List<String> looks = looks(spark, files);
    for (int i = 0; i < files.size(); i++) {
      LandingFile file = files.get(i);
      String kind = looks.get(i).substring(0, 1);
      String schema = looks.get(i).substring(1);
      if (file.bytes() == 0) {
        errors.add(error(file, ReadRule.EMPTY_FILE, "the file has no content"));
      } else if (kind.equals(BROKEN)) {
        errors.add(error(file, ReadRule.UNREADABLE_FILE, schema));
      } else if (kind.equals(NO_ROWS)) {
        errors.add(withoutRows(feed, file, names(schema)));
      } else {
        // Files whose folders give other columns are other tables.
        String folders = String.join(NAME_END, FileNames.partitions(file.relativePath()).keySet());
        bySchema.computeIfAbsent(schema + SCHEMA_START + folders, s -> new ArrayList<>()).add(file);
      }
    }
    List<Dataset<Row>> tables = new ArrayList<>();
    bySchema.forEach(
        (schema, group) -> {
          Set<String> nanoseconds =
              Set.copyOf(names(schema.substring(0, schema.indexOf(SCHEMA_START))));
          SparkSession session = nanoseconds.isEmpty() ? spark : longsForNanoseconds(spark);
          tables.add(readGroup(session, feed, group, nanoseconds, errors));
        });
    tables.add(spark.createDataFrame(errors, Readers.schema(feed)));
    return tables;
  }

  /** About a whole file: line 0, which no row has. */
  private static Row error(LandingFile file, ReadRule rule, String detail) {
    return row(file, RawRecord.failed(file.feed(), 0, null, rule, detail));
  }

  private static Row row(LandingFile file, RawRecord record) {
    return RawColumns.row(RawColumns.writer(file.feed()), file, record, 0);
  }

  private static List<String> names(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(NAME_END, -1));
  }

  /**
   * A file without rows takes its rows back if its columns are those of the feed. Without them it
   * says nothing of any row: an empty table that was written after a download failed, for instance.
   */
  private static Row withoutRows(Feed feed, LandingFile file, List<String> fields) {
    List<PivotedColumns.OfTicker> tickers = tickers(feed, fields);
    List<String> names = new ArrayList<>(tickers.isEmpty() ? fields : tickers.get(0).names());
    names.addAll(FolderColumns.of(feed, file.relativePath(), fields).keySet());
    Header header = file.format().header(feed, names);
    return header.error() == null
        ? row(file, FileRecords.noRows(feed))
        : error(file, header.error(), header.errorDetail());
  }

  private static List<PivotedColumns.OfTicker> tickers(Feed feed, List<String> fields) {
    return feed == Feed.BARS ? PivotedColumns.of(fields) : List.of();
  }

  private static Dataset<Row> readGroup(
      SparkSession spark,
      Feed feed,
      List<LandingFile> files,
      Set<String> nanoseconds,
      List<Row> errors) {
    // Spark takes paths for patterns.
    String[] paths =
        files.stream()
            .map(file -> file.absolutePath().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0"))
            .toArray(String[]::new);
    Dataset<Row> table;
    try {
      table = spark.read().parquet(paths);
    } catch (Exception e) {
      boolean isContent =
          e instanceof AnalysisException about && !"PATH_NOT_FOUND".equals(about.getCondition());
      if (!isContent) {
        throw e;
      }
      for (LandingFile file : files) {
        errors.add(
            error(file, ReadRule.UNREADABLE_FILE, e.getMessage().lines().findFirst().orElse("")));
      }
      return spark.createDataFrame(List.of(), Readers.schema(feed));
    }
    StructType schema = table.schema();
    List<String> fields = Arrays.asList(schema.fieldNames());
    List<String> folders =
        List.copyOf(FolderColumns.of(feed, files.get(0).relativePath(), fields).keySet());
    Dataset<Row> located =
        table
            .withColumn(FILE, col("_metadata.file_path"))
            .withColumn(INDEX, col("_metadata.row_index"))
            .join(broadcast(paths(spark, files, folders)), new String[] {FILE}, "left");
    List<PivotedColumns.OfTicker> tickers = tickers(feed, fields);
    if (tickers.isEmpty()) {
      Picked picked = new Picked(fields, fields, "", 0);
      return located.select(columns(feed, files, schema, nanoseconds, picked, folders, errors));
    }
    Dataset<Row> rows = spark.createDataFrame(List.of(), Readers.schema(feed));
    for (int i = 0; i < tickers.size(); i++) {
      PivotedColumns.OfTicker of = tickers.get(i);
      Column isThere =
          of.values().stream()
              .map(name -> col(quoted(name)).isNotNull())
              .reduce(lit(false), Column::or);
      rows =
          rows.unionByName(
              located
                  .where(isThere)
                  .select(
                      columns(
                          feed,
                          files,
                          schema,
                          nanoseconds,
                          new Picked(of.fields(), of.names(), of.ticker(), i),
                          folders,
                          errors)));
    }
    return rows;
  }

  /**
   * Columns of a table that make up one record of each of its rows.
   *
   * @param fields of the table
   * @param names what they are called
   * @param ticker whose they are; empty where a column says so, or the file's name
   * @param element place among the records of a row
   */
  private record Picked(List<String> fields, List<String> names, String ticker, int element) {}

  private static Column[] columns(
      Feed feed,
      List<LandingFile> files,
      StructType schema,
      Set<String> nanoseconds,
      Picked picked,
      List<String> folders,
      List<Row> errors) {
    List<String> names = new ArrayList<>(picked.names());
    names.addAll(folders);
    Header header = files.get(0).format().header(feed, names);
    if (header.error() != null) {
      for (LandingFile file : files) {
        errors.add(error(file, header.error(), header.errorDetail()));
      }
    }
    Column[] values = new Column[feed.columns().size()];
    Arrays.fill(values, lit(null).cast(DataTypes.StringType));
    List<Column> extras = new ArrayList<>();
    List<Column> all = new ArrayList<>();
    int own = picked.fields().size();
    for (int i = 0; i < own; i++) {
      String field = picked.fields().get(i);
      Column column = col(quoted(field));
      DataType type = schema.apply(field).dataType();
      if (nanoseconds.contains(field)) {
        column =
            timestamp_micros(
                    floor(column.divide(lit(1000).cast("decimal(10,0)"))).cast(DataTypes.LongType))
                .as(field);
        type = DataTypes.TimestampType;
      }
      all.add(column);
      if (header.target(i) >= 0) {
        values[header.target(i)] = text(column, type);
      } else {
        extras.add(column);
      }
    }
    for (int i = own; i < header.size(); i++) {
      values[header.target(i)] = col(FOLDER + (i - own));
    }
    int basis = feed.indexOf("price_basis");
    if (basis >= 0 && PriceBasis.of(header) != null) {
      values[basis] = lit(PriceBasis.of(header));
    }
    int ticker = feed.indexOf("ticker");
    if (!picked.ticker().isEmpty()) {
      values[ticker] = lit(picked.ticker());
      if (header.cellOf("adjusted_close") < 0) {
        // As in the file of text: auto_adjust is the default, and leaves no column that says so.
        values[basis] = lit(PriceBasis.DIVIDENDS);
      }
    } else if (feed == Feed.BARS
        && header.cellOf("ticker") < 0
        && header.cellOf("instrument_id") < 0) {
      values[ticker] = col(TICKER);
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      columns.add(values[i].as(feed.columns().get(i)));
    }
    columns.add(extraFields(extras).as(RawColumns.EXTRA_FIELDS));
    Column record = to_json(struct(all.toArray(Column[]::new)));
    // To take a part copies a record character by character; nearly none is that long.
    columns.add(
        when(
                octet_length(record).gt(RawRecord.RAW_CHARS),
                substring(record, 1, RawRecord.RAW_CHARS))
            .otherwise(record)
            .as(RawColumns.RAW_RECORD));
    boolean failed = header.error() != null;
    columns.add(literal(failed ? header.error().id() : null).as(RawColumns.READ_ERROR));
    columns.add(literal(failed ? header.errorDetail() : null).as(RawColumns.READ_ERROR_DETAIL));
    // A join that loses rows would do so in silence.
    Column lost = raise_error(concat(lit("No landing file has the path "), col(FILE)));
    columns.add(coalesce(col(RawColumns.SOURCE_FILE), lost).as(RawColumns.SOURCE_FILE));
    columns.add(col(RawColumns.SOURCE_SHA256));
    columns.add(col(INDEX).plus(1L).as(RawColumns.SOURCE_LINE));
    columns.add(lit(picked.element()).as(RawColumns.SOURCE_ELEMENT));
    return columns.toArray(Column[]::new);
  }

  /** The columns of nanoseconds, as pandas writes dates; Spark has no type for them. */
  private static Stream<Type> nanoseconds(MessageType schema) {
    return schema.getFields().stream()
        .filter(
            field ->
                field.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation time
                    && time.getUnit() == TimeUnit.NANOS);
  }

  private static String joined(Stream<Type> columns) {
    return columns.map(Type::getName).collect(Collectors.joining(NAME_END));
  }

  /**
   * A column that Spark reads wrongly: of a decimal of up to 18 digits in more than eight bytes it
   * takes too few of them.
   */
  private static Optional<String> misread(MessageType schema) {
    return schema.getFields().stream()
        .filter(Type::isPrimitive)
        .map(Type::asPrimitiveType)
        .filter(
            type ->
                type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
                    && type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                    && decimal.getPrecision() <= LONG_DIGITS
                    && type.getTypeLength() > Long.BYTES)
        .map(
            type ->
                String.format(
                    Locale.ROOT,
                    "its column %s is a DECIMAL of at most 18 digits in %d bytes, which Spark reads"
                        + " wrongly; write it as INT64, DOUBLE or text",
                    type.getName(),
                    type.getTypeLength()))
        .findFirst();
  }

  /** A session of its own, so that nobody else's Parquet is read this way. */
  private static SparkSession longsForNanoseconds(SparkSession spark) {
    SparkSession session = spark.newSession();
    session
        .conf()
        .set("spark.sql.session.timeZone", spark.conf().get("spark.sql.session.timeZone"));
    session.conf().set("spark.sql.legacy.parquet.nanosAsLong", "true");
    return session;
  }

  private static Column literal(String text) {
    return lit(text).cast(DataTypes.StringType);
  }

  private static Column text(Column column, DataType type) {
    Column text = column.cast(DataTypes.StringType);
    if (type.equals(DataTypes.TimestampNTZType)) {
      return regexp_replace(text, " 00:00:00$", "");
    }
    // The session's time zone is UTC, and so is the text.
    return type.equals(DataTypes.TimestampType)
        ? when(text.endsWith(" 00:00:00"), substring(text, 1, 10)).otherwise(concat(text, lit("Z")))
        : text;
  }

  /** NULL where all of them are. */
  private static Column extraFields(List<Column> extras) {
    Column text = literal(null);
    if (!extras.isEmpty()) {
      Column json = to_json(struct(extras.toArray(Column[]::new)));
      text = when(json.notEqual("{}"), json);
    }
    return text;
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Which landing file a path is, as Spark writes it, and what its folders give. */
  private static Dataset<Row> paths(
      SparkSession spark, List<LandingFile> files, List<String> folders) {
    StructType schema =
        new StructType()
            .add(FILE, DataTypes.StringType)
            .add(TICKER, DataTypes.StringType)
            .add(RawColumns.SOURCE_FILE, DataTypes.StringType)
            .add(RawColumns.SOURCE_SHA256, DataTypes.StringType);
    for (int i = 0; i < folders.size(); i++) {
      schema = schema.add(FOLDER + i, DataTypes.StringType);
    }
    RowWriter writer = new RowWriter(schema);
    List<Row> rows = new ArrayList<>();
    for (LandingFile file : files) {
      RowWriter.Cells cells =
          writer
              .row()
              .text(FILE, new Path(file.absolutePath()).toUri().toString())
              .text(TICKER, FileNames.ticker(file.relativePath()))
              .text(RawColumns.SOURCE_FILE, file.relativePath())
              .text(RawColumns.SOURCE_SHA256, file.sha256());
      Map<String, String> given = FileNames.partitions(file.relativePath());
      for (int i = 0; i < folders.size(); i++) {
        cells.text(FOLDER + i, given.get(folders.get(i)));
      }
      rows.add(cells.build());
    }
    return spark.createDataFrame(rows, schema);
  }

  /**
   * What a look into each file tells, in order: {@link #READABLE}, the names of its columns of
   * nanoseconds and its schema; {@link #NO_ROWS} and the names of its columns; or {@link #BROKEN}
   * and why.
   */
  private static List<String> looks(SparkSession spark, List<LandingFile> files) {
    return Tasks.run(
            spark,
            files,
            (task, configuration) -> {
              List<String> looks = new ArrayList<>();
              for (String[] file : task) {
                looks.add(look(configuration.value(), LandingFile.ofStrings(file)));
              }
              return looks.iterator();
            },
            Encoders.STRING())
        .collectAsList();
  }

  private static String look(Configuration configuration, LandingFile file) throws IOException {
    HadoopInputFile input = HadoopInputFile.fromPath(new Path(file.absolutePath()), configuration);
    // Spark reads the footer in both ways, of which the second is the stricter one.
    ParquetReadOptions strict =
        HadoopReadOptions.builder(configuration).withMetadataFilter(SKIP_ROW_GROUPS).build();
    ParquetReadOptions whole =
        HadoopReadOptions.builder(configuration).usePageChecksumVerification(true).build();
    try {
      try (ParquetFileReader reader = ParquetFileReader.open(input, whole)) {
        if (reader.getRecordCount() == 0) {
          return NO_ROWS + joined(reader.getFileMetaData().getSchema().getFields().stream());
        }
        readPages(reader);
      }
      try (ParquetFileReader reader = ParquetFileReader.open(input, strict)) {
        MessageType schema = reader.getFileMetaData().getSchema();
        Optional<String> wrong = misread(schema);
        if (wrong.isPresent()) {
          return BROKEN + wrong.get();
        }
        return READABLE + joined(nanoseconds(schema)) + SCHEMA_START + schema;
      }
    } catch (IOException | RuntimeException e) {
      boolean isContent =
          e instanceof RuntimeException
              || e instanceof EOFException
              || String.valueOf(e.getMessage()).startsWith("can not read ");
      if (!isContent) {
        throw e;
      }
      String why =
          e instanceof EOFException ? "it ends before what its footer lists" : e.getMessage();
      return BROKEN + "it is not a Parquet file, or a damaged one: " + why;
    }
  }

  /**
   * Reads and decompresses all pages: one that is damaged would end the run when Spark meets it.
   */
  private static void readPages(ParquetFileReader reader) throws IOException {
    List<ColumnDescriptor> columns = reader.getFileMetaData().getSchema().getColumns();
    for (PageReadStore group = reader.readNextRowGroup();
        group != null;
        group = reader.readNextRowGroup()) {
      for (ColumnDescriptor column : columns) {
        PageReader pages = group.getPageReader(column);
        pages.readDictionaryPage();
        DataPage page = pages.readPage();
        while (page != null) {
          page = pages.readPage();
        }
      }
    }
  }
}
