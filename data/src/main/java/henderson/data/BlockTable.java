package henderson.data;

import henderson.api.FitListener;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table block by block, on threads. Blocks are cut in the file's order by whoever comes for one, read apart, and
 * put into the columns in the file's order again: the table does not depend on the number of threads, nor on the size of
 * a block. A column is read as numbers until a text is found in it; then reading begins anew with that column as texts.
 */
final class BlockTable {
    /** Blocks read and not yet put into columns, by thread, at most. */
    private static final int AHEAD = 4;

    private final CsvStart start;
    private final CsvBlocks blocks;
    private final BlockParser.Kind[] kinds;
    private final BlockColumn[] columns;
    private final List<BlockParser> free = new ArrayList<>();
    private final List<BlockParser> waiting = new ArrayList<>();
    private final int threads;
    private int made;
    private int next;
    private long rows;
    private boolean anew;
    private boolean refused;
    private @Nullable Throwable failure;

    private BlockTable(CsvStart start, BlockParser.Kind[] kinds, CsvBlocks blocks, int threads, @Nullable Spill spill) {
        this.start = start;
        this.kinds = kinds;
        this.blocks = blocks;
        this.threads = threads;
        this.columns = new BlockColumn[kinds.length];
        Arrays.setAll(columns, i -> new BlockColumn(kinds[i], spill));
    }

    /** Opens the file. */
    interface Opener {
        InputStream open() throws IOException;
    }

    /**
     * @param size  bytes of a block
     * @param total bytes of the file
     * @return null where the file is not as it should be, or its decimals must be read digit by digit
     */
    static @Nullable Table read(
            String file, CsvStart start, ReadOptions options, FitListener listener, int size, long total, Opener opener)
            throws IOException {
        BlockParser.Kind[] kinds = new BlockParser.Kind[start.header().size()];
        Arrays.setAll(
                kinds, i -> options.wants(start.header().get(i)) ? BlockParser.Kind.NUMBERS : BlockParser.Kind.SKIPPED);
        int threads = (int) Math.max(1, Math.min(options.threads(), total / size));
        while (true) {
            MessageDigest digest = CsvFile.sha256();
            try (InputStream in = opener.open()) {
                BlockTable table = new BlockTable(
                        start,
                        kinds,
                        new CsvBlocks(in, size, digest, listener, total),
                        threads,
                        options.streamed() ? new Spill() : null);
                table.run();
                if (!table.anew) {
                    return table.refused || !table.suits(options)
                            ? null
                            : table.finish(file, options, HexFormat.of().formatHex(digest.digest()));
                }
            }
            for (int k = 0; k < kinds.length; k++) {
                if (kinds[k] == BlockParser.Kind.TEXTS
                        && options.numeric().contains(start.header().get(k))) {
                    return null;
                }
            }
        }
    }

    private void run() throws IOException {
        Thread[] others = new Thread[threads - 1];
        for (int i = 0; i < others.length; i++) {
            others[i] = new Thread(this::work, "reading");
            others[i].setDaemon(true);
            others[i].start();
        }
        work();
        boolean interrupted = false;
        for (Thread other : others) {
            while (other.isAlive()) {
                try {
                    other.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    private synchronized void rethrow() throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    private void work() {
        try {
            BlockParser parser = borrow();
            while (parser != null) {
                CsvBlocks.State state = blocks.next(parser.block);
                if (state == CsvBlocks.State.ENDED) {
                    return;
                }
                boolean good =
                        state == CsvBlocks.State.READ && parser.parse(parser.block.number == 0 ? start.begin() : 0);
                put(parser, good);
                parser = borrow();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized void fail(Throwable e) {
        failure = failure == null ? e : failure;
        notifyAll();
    }

    private boolean over() {
        return anew || refused || failure != null;
    }

    private synchronized @Nullable BlockParser borrow() {
        while (!over() && free.isEmpty() && made == AHEAD * threads) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("Reading was interrupted.", e);
            }
        }
        if (over()) {
            return null;
        }
        if (free.isEmpty()) {
            made++;
            return new BlockParser(kinds, (byte) start.separator());
        }
        return free.remove(free.size() - 1);
    }

    private synchronized void put(BlockParser parser, boolean good) {
        refused |= !good;
        waiting.add(parser);
        for (int i = 0; !over() && i < waiting.size(); i++) {
            if (waiting.get(i).block.number == next) {
                take(waiting.remove(i));
                i = -1;
            }
        }
        notifyAll();
    }

    private void take(BlockParser parser) {
        for (int k = 0; k < kinds.length; k++) {
            if (kinds[k] == BlockParser.Kind.NUMBERS && parser.parts[k].textRow >= 0) {
                kinds[k] = BlockParser.Kind.TEXTS;
                anew = true;
            }
        }
        if (anew) {
            return;
        }
        for (int k = 0; k < kinds.length; k++) {
            columns[k].add(parser.parts[k], parser.rows, rows);
        }
        rows += parser.rows;
        next++;
        free.add(parser);
    }

    private boolean suits(ReadOptions options) {
        return rows > 0
                && rows < Integer.MAX_VALUE - 8
                && Arrays.stream(columns).allMatch(BlockColumn::complete);
    }

    private Table finish(String file, ReadOptions options, String digest) {
        List<@Nullable Column> read = new ArrayList<>();
        for (BlockColumn column : columns) {
            read.add(column.finish());
        }
        return CsvHeader.table(file, digest, (int) rows, start.header(), read, options);
    }
}
