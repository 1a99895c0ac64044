// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file system for the data of a server, which can be filled. It is in memory (tmpfs), so what it holds ends
 * with it. It is unmounted when it closes or this JVM ends; if this JVM is killed, the mount stays.
 */
public final class SmallDisk implements AutoCloseable, Runnable {

    /** The largest size, since it takes memory. */
    public static final long MAX_BYTES = 2L << 30;

    private static final int CHUNK = 1 << 20;
    private static final int PAGE = 4096;

    private final Path mount;
    private boolean mounted;

    private SmallDisk(Path mount, long bytes) {
        this.mount = mount;
        try {
            Files.createDirectories(mount);
            if (!OrphanGuard.works(
                    "mount", "-t", "tmpfs", "-o", "mode=0755,size=" + bytes, "tributary", mount.toString())) {
                throw new SandboxException("cannot mount " + mount + "; this needs the rights of root");
            }
            mounted = true;
            Files.createDirectories(directory());
        } catch (IOException e) {
            unmount();
            throw new SandboxException("cannot set up " + mount, e);
        }
    }

    /** Whether this JVM may mount file systems. */
    public static boolean isAvailable() {
        return Availability.FOUND;
    }

    /**
     * Mounts a new, empty file system. Call {@link Sandbox#smallDisk} for one that closes with a sandbox.
     *
     * @param mount the directory to mount it on, which is created if it does not exist
     * @param bytes the size, at most {@value #MAX_BYTES}
     * @throws SandboxException if this JVM may not
     * @throws IllegalArgumentException if the size is not positive or too large
     */
    public static SmallDisk mount(Path mount, long bytes) {
        if (bytes <= 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(bytes + " bytes are not between 1 and " + MAX_BYTES);
        }
        return AtExit.start(() -> new SmallDisk(mount.toAbsolutePath(), bytes));
    }

    /** The directory for the data, which is empty at first. */
    public Path directory() {
        return mount.resolve("data");
    }

    /** Takes all space that is left, in a file outside {@link #directory()}. */
    public void fill() {
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
        try (FileChannel file = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            int chunk = CHUNK;
            while (chunk >= PAGE) {
                zeros.clear().limit(chunk);
                if (!takes(file, zeros)) {
                    chunk /= 2;
                }
            }
        } catch (IOException e) {
            throw new SandboxException("cannot fill " + mount, e);
        }
    }

    /** Gives back what {@link #fill()} has taken. */
    public void free() {
        try {
            Files.deleteIfExists(ballast());
        } catch (IOException e) {
            throw new SandboxException("cannot free " + mount, e);
        }
    }

    /** Unmounts it, even if a process still uses it. */
    @Override
    public void close() {
        unmount();
        AtExit.forget(this);
    }

    @Override
    public void run() {
        close();
    }

    @Override
    public String toString() {
        return "small disk on " + mount;
    }

    private Path ballast() {
        return mount.resolve("ballast");
    }

    private static boolean takes(FileChannel file, ByteBuffer zeros) {
        try {
            return file.write(zeros) > 0;
        } catch (IOException e) {
            // No space left on the device.
            return false;
        }
    }

    private synchronized void unmount() {
        if (mounted) {
            mounted = !OrphanGuard.works("umount", mount.toString())
                    && !OrphanGuard.works("umount", "--lazy", mount.toString());
        }
    }

    /** Found out by trying, once. */
    private static final class Availability {

        static final boolean FOUND = "root".equals(System.getProperty("user.name")) && works();

        private static boolean works() {
            try {
                Path directory = Files.createTempDirectory("tributary-disk-");
                try (SmallDisk disk = mount(directory, PAGE * 16L)) {
                    return Files.isDirectory(disk.directory());
                } finally {
                    Files.deleteIfExists(directory);
                }
            } catch (IOException | SandboxException e) {
                return false;
            }
        }
    }
}
