package io.dealimpact.testing;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local disk under the scheme {@code faulty:}, which counts what is done and fails where a test
 * wants it to. Delta Lake writes to it as to any storage that it does not know by name: by Hadoop's
 * rename, which refuses to replace a file.
 */
public final class FaultyFileSystem extends FileSystem {
  private static final URI ROOT = URI.create("faulty:///");
  private static final long DELAY_MILLIS = 400;

  /** Hadoop makes its file systems itself, and keeps them: what they do is given to them here. */
  private static final AtomicReference<Plan> PLAN = new AtomicReference<>(Plan.none());

  /** What is done to a file or folder. */
  public enum Operation {
    OPEN,
    CREATE,
    CLOSE,
    RENAME,
    DELETE,
    LIST,
    STATUS,
    MKDIRS
  }

  /** What goes wrong. */
  public enum Fault {
    /** An error, and nothing was done. */
    BEFORE,
    /** It was done, and an error all the same. */
    AFTER,
    /** Half of a file is written or read, then an error. */
    TORN,
    /** It takes long. */
    DELAY,
    /** A listing without the newest file, or a file that is not there yet. */
    STALE,
    /** The disk is full, and stays so. */
    FULL;

    /** Whether an operation can fail in this way. */
    public boolean suits(Operation operation) {
      boolean changes =
          switch (operation) {
            case CREATE, CLOSE, RENAME, DELETE, MKDIRS -> true;
            case OPEN, LIST, STATUS -> false;
          };
      return switch (this) {
        case BEFORE, DELAY -> true;
        case AFTER -> changes;
        case TORN -> operation == Operation.CLOSE || operation == Operation.OPEN;
        case STALE -> operation == Operation.LIST || operation == Operation.STATUS;
        case FULL ->
            operation == Operation.CREATE
                || operation == Operation.CLOSE
                || operation == Operation.MKDIRS;
      };
    }
  }

  /**
   * The operation that fails.
   *
   * @param place a table as {@code gold/event_impact}, or {@code landing}
   * @param nth of the operations of this kind at this place, from 1
   */
  public record Target(String place, Operation operation, Fault fault, int nth) {}

  /** Sees every operation before it is done, in the thread that does it. */
  public interface Watch {
    /**
     * Called once for each.
     *
     * @param total of all operations, from 1
     */
    void sees(Operation operation, Path path, long total);
  }

  /** What was counted, and what is to fail. */
  public static final class Plan {
    private final Target target;
    private final Watch watch;
    private final AtomicLong total = new AtomicLong();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicBoolean isFull = new AtomicBoolean();
    private final AtomicBoolean isFired = new AtomicBoolean();

    private Plan(Target target, Watch watch) {
      this.target = target;
      this.watch = watch;
    }

    /** Counts alone. */
    public static Plan none() {
      return watched((operation, path, total) -> {});
    }

    /** Counts, and fails once. */
    public static Plan of(Target target) {
      return new Plan(target, (operation, path, total) -> {});
    }

    /** Counts, and tells of each operation. */
    public static Plan watched(Watch watch) {
      return new Plan(null, watch);
    }

    /** Operations so far, by {@code place operation}. */
    public Map<String, Integer> counts() {
      return new TreeMap<>(counts);
    }

    /** Whether the target was reached. */
    public boolean isFired() {
      return isFired.get();
    }

    private Fault next(Operation operation, Path path) throws IOException {
      String place = place(path);
      int count = counts.merge(place + " " + operation, 1, Integer::sum);
      watch.sees(operation, path, total.incrementAndGet());
      if (isFull.get() && Fault.FULL.suits(operation)) {
        throw new IOException("No space left on device: " + path);
      }
      if (target == null
          || target.operation() != operation
          || target.nth() != count
          || !target.place().equals(place)) {
        return null;
      }
      isFired.set(true);
      switch (target.fault()) {
        case BEFORE -> throw new IOException("faulty: before " + operation + " of " + path);
        case FULL -> {
          isFull.set(true);
          throw new IOException("No space left on device: " + path);
        }
        case DELAY -> pause();
        case AFTER, TORN, STALE -> {}
      }
      return target.fault();
    }

    private static void pause() {
      try {
        TimeUnit.MILLISECONDS.sleep(DELAY_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The layer and the table that a path belongs to. */
  private static String place(Path path) {
    List<String> names = Arrays.asList(path.toUri().getPath().split("/", -1));
    int lake = names.indexOf("lake");
    if (lake < 0) {
      return names.contains("landing") ? "landing" : "elsewhere";
    }
    return lake + 2 < names.size() ? names.get(lake + 1) + "/" + names.get(lake + 2) : "lake";
  }

  /** The same for Hadoop's newer interface, by which Delta Lake renames. */
  public static final class Files extends DelegateToFileSystem {
    /** Called by Hadoop. */
    public Files(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new FaultyFileSystem(), configuration, "faulty", false);
    }
  }

  /** Makes the scheme known. */
  public static void install(Configuration hadoop) {
    hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
    hadoop.set("fs.AbstractFileSystem.faulty.impl", Files.class.getName());
  }

  /** Follows a plan from now on. */
  public static void follow(Plan plan) {
    PLAN.set(plan);
  }

  private FileSystem local;

  @Override
  public void initialize(URI uri, Configuration configuration) throws IOException {
    super.initialize(uri, configuration);
    setConf(configuration);
    // The program's own, where the session has it: Hadoop's starts a process for each file.
    local = newInstanceLocal(configuration).getRawFileSystem();
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  private static Path local(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  private static Fault next(Operation operation, Path path) throws IOException {
    return PLAN.get().next(operation, path);
  }

  private static void after(Fault fault, Operation operation, Path path) throws IOException {
    if (fault == Fault.AFTER) {
      throw new IOException("faulty: after " + operation + " of " + path);
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    Fault fault = next(Operation.OPEN, path);
    FSDataInputStream in = local.open(local(path), bufferSize);
    return fault == Fault.TORN
        ? new FSDataInputStream(new Torn(in, local.getFileStatus(local(path)).getLen() / 2, path))
        : in;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    Fault fault = next(Operation.CREATE, path);
    FSDataOutputStream out =
        local.create(local(path), overwrite, bufferSize, replication, blockSize, progress);
    if (fault == Fault.AFTER) {
      out.close();
    }
    after(fault, Operation.CREATE, path);
    return new FSDataOutputStream(new Written(out, path), null);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("nothing of the program appends to a file");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    Fault fault = next(Operation.RENAME, to);
    boolean isDone = local.rename(local(from), local(to));
    after(fault, Operation.RENAME, to);
    return isDone;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    Fault fault = next(Operation.DELETE, path);
    boolean isDone = local.delete(local(path), recursive);
    after(fault, Operation.DELETE, path);
    return isDone;
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    Fault fault = next(Operation.MKDIRS, path);
    boolean isDone = local.mkdirs(local(path));
    after(fault, Operation.MKDIRS, path);
    return isDone;
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    Fault fault = next(Operation.LIST, path);
    FileStatus[] found = local.listStatus(local(path));
    Arrays.sort(found, Comparator.comparing(FileStatus::getPath));
    FileStatus[] statuses =
        Arrays.stream(found).map(FaultyFileSystem::faulty).toArray(FileStatus[]::new);
    if (fault != Fault.STALE || statuses.length == 0) {
      return statuses;
    }
    FileStatus newest =
        Arrays.stream(statuses)
            .max(
                Comparator.comparingLong(FileStatus::getModificationTime)
                    .thenComparing(FileStatus::getPath))
            .orElseThrow();
    return Arrays.stream(statuses)
        .filter(status -> !status.getPath().equals(newest.getPath()))
        .toArray(FileStatus[]::new);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    Fault fault = next(Operation.STATUS, path);
    FileStatus status = local.getFileStatus(local(path));
    if (fault == Fault.STALE) {
      throw new FileNotFoundException("faulty: not there yet: " + path);
    }
    return faulty(status);
  }

  private static FileStatus faulty(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime(),
        new Path("faulty", null, status.getPath().toUri().getPath()));
  }

  @Override
  public void setWorkingDirectory(Path folder) {
    local.setWorkingDirectory(local(folder));
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path("faulty", null, local.getWorkingDirectory().toUri().getPath());
  }

  /** A file in the making: its bytes go to the disk when it is closed. */
  private static final class Written extends OutputStream {
    private final OutputStream out;
    private final Path path;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean isClosed;

    Written(OutputStream out, Path path) {
      this.out = out;
      this.path = path;
    }

    @Override
    public void write(int value) {
      bytes.write(value);
    }

    @Override
    public void write(byte[] some, int from, int length) {
      bytes.write(some, from, length);
    }

    @Override
    public void close() throws IOException {
      if (isClosed) {
        return;
      }
      isClosed = true;
      try (out) {
        Fault fault = next(Operation.CLOSE, path);
        if (fault == Fault.TORN) {
          out.write(bytes.toByteArray(), 0, bytes.size() / 2);
          throw new IOException("faulty: half of " + path + " is written");
        }
        bytes.writeTo(out);
        after(fault, Operation.CLOSE, path);
      }
    }
  }

  /** A file that can be read up to its middle. */
  private static final class Torn extends FilterInputStream
      implements Seekable, PositionedReadable {
    private final FSDataInputStream file;
    private final long end;
    private final Path path;

    Torn(FSDataInputStream file, long end, Path path) {
      super(file);
      this.file = file;
      this.end = end;
      this.path = path;
    }

    private void require(long position) throws IOException {
      if (position > end) {
        throw new IOException("faulty: half of " + path + " is read");
      }
    }

    @Override
    public int read() throws IOException {
      require(file.getPos() + 1);
      return in.read();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      require(file.getPos() + 1);
      return in.read(into, from, (int) Math.min(length, Math.max(1, end - file.getPos())));
    }

    @Override
    public int read(long position, byte[] into, int from, int length) throws IOException {
      require(position + length);
      return file.read(position, into, from, length);
    }

    @Override
    public void readFully(long position, byte[] into, int from, int length) throws IOException {
      require(position + length);
      file.readFully(position, into, from, length);
    }

    @Override
    public void readFully(long position, byte[] into) throws IOException {
      readFully(position, into, 0, into.length);
    }

    @Override
    public void seek(long position) throws IOException {
      file.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return file.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) throws IOException {
      return file.seekToNewSource(position);
    }
  }
}
