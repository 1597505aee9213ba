package io.dealimpact.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dealimpact.lake.Lake;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.row.Columns;
import io.dealimpact.run.Failures;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Copies of a night's tables, one file a table, for programs that read no Delta tables. The rows of
 * a file are in the order of the table's keys, so that two exports of one night are equal.
 */
final class NightExport {
  private static final String UNFINISHED = ".unfinished";

  private final Lake lake;

  /**
   * @param lake the night that is copied
   */
  NightExport(Lake lake) {
    this.lake = lake;
  }

  /**
   * Writes tables; a file of that name that is there is replaced.
   *
   * @param folder of any storage that Hadoop knows; it need not exist
   * @return the files, in the order of the tables
   */
  List<String> write(List<TableSpec> tables, ReadCommands.ExportFormat format, String folder) {
    return tables.stream().map(table -> write(table, format, folder)).toList();
  }

  private String write(TableSpec table, ReadCommands.ExportFormat format, String folder) {
    Path file =
        new Path(
            folder,
            table.name() + (format == ReadCommands.ExportFormat.PARQUET ? ".parquet" : ".csv"));
    Path unfinished = file.suffix(UNFINISHED);
    Dataset<Row> rows = lake.readOrEmpty(table).orderBy(Columns.named(table.keys()));
    try {
      FileSystem storage = file.getFileSystem(lake.spark().sparkContext().hadoopConfiguration());
      // Checksum files of Hadoop beside the copies would be opened as tables.
      storage.setWriteChecksum(false);
      Path written =
          switch (format) {
            case PARQUET -> parquet(rows, unfinished, storage);
            case CSV -> text(rows, ReadCommands.Format.CSV, unfinished, storage);
            case SPREADSHEET -> text(rows, ReadCommands.Format.SPREADSHEET, unfinished, storage);
          };
      storage.delete(file, false);
      if (!storage.rename(written, file)) {
        throw new IOException(written + " could not be renamed to " + file);
      }
      storage.delete(unfinished, true);
    } catch (IOException error) {
      throw Failures.storage(
          String.format(Locale.ROOT, "writing %s to %s", table.fullName(), file), error);
    }
    return file.toString();
  }

  private static Path parquet(Dataset<Row> rows, Path folder, FileSystem storage)
      throws IOException {
    rows.coalesce(1).write().mode("overwrite").parquet(folder.toString());
    return storage.globStatus(new Path(folder, "part-*.parquet"))[0].getPath();
  }

  private static Path text(
      Dataset<Row> rows, ReadCommands.Format format, Path file, FileSystem storage)
      throws IOException {
    try (PrintStream out = new PrintStream(storage.create(file, true), false, UTF_8)) {
      PrintedRows.print(rows, format, out);
      if (out.checkError()) {
        throw new IOException("not all of " + file + " could be written");
      }
    }
    return file;
  }
}
