package dev.bistro.sample.files;

import dev.bistro.body.FileUpload;
import dev.bistro.file.FileState;
import dev.bistro.http.BadRequestException;
import dev.bistro.http.ConflictException;
import dev.bistro.http.ForbiddenException;
import dev.bistro.http.NotFoundException;
import dev.bistro.http.Preconditions;
import dev.bistro.http.Request;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Changes the folder. Each change is made as a whole or not at all, and those that end at the same time one after the
 * other.
 */
@Singleton
class FolderChanges {
    private final Folder folder;
    private final Quota quota;
    private final ReentrantLock lock = new ReentrantLock();

    @Inject
    FolderChanges(Folder folder, Quota quota, FilesSettings settings) {
        this.folder = folder;
        this.quota = quota;
        if (settings.upload()) {
            Upload.removeLeftovers(folder.root(), quota);
        }
    }

    /**
     * Stores a file. The request's conditions are checked twice: before its content is read, so that nobody sends much
     * for nothing, and before it takes its place, so that of two who want to make the same file one comes too late.
     *
     * @throws ConflictException if there is a folder of that name
     * @throws dev.bistro.http.HttpException 412 for conditions, 413 for sizes
     */
    StoredFile upload(String path, InputStream content, Request request) {
        if (path.endsWith("/")) {
            throw new ConflictException("A file's path has no slash at its end");
        }
        Path place = folder.findPlace(path);
        Consumer<Path> check = at -> checkPlace(at, request);
        check.accept(place);
        quota.requireFree(announced(request));
        return receive(place, content, check);
    }

    /**
     * Stores the files of a form in a folder. All names are checked before the first of them is stored.
     *
     * @param path the folder's, empty or with a slash after it
     * @param replace whether they may take the place of others
     * @throws ConflictException if there is a folder of that name, or a file that isn't to be replaced
     * @throws dev.bistro.http.HttpException 413 for sizes
     */
    void upload(String path, List<FileUpload> files, boolean replace) {
        Consumer<Path> check = replace ? FolderChanges::requireNoFolder : FolderChanges::requireMissing;
        var places = new LinkedHashMap<Path, FileUpload>();
        for (FileUpload file : files) {
            String name = file.fileName().orElseThrow(() -> new BadRequestException("A file has no name"));
            Path place = folder.findPlace(path + name);
            check.accept(place);
            if (places.put(place, file) != null) {
                throw new ConflictException("Two files have the same name");
            }
        }
        places.forEach((place, file) -> {
            try (InputStream content = file.openStream()) {
                receive(place, content, check);
            } catch (IOException e) {
                throw failed(e);
            }
        });
    }

    /** Stores what comes. What is in its place is looked at when all is there. */
    private StoredFile receive(Path place, InputStream content, Consumer<Path> check) {
        try (Upload upload = Upload.in(place.getParent(), quota)) {
            upload.receive(content);
            return store(upload, place, check);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private StoredFile store(Upload upload, Path place, Consumer<Path> check) throws IOException {
        lock.lock();
        try {
            check.accept(place);
            boolean isNew = Files.notExists(place);
            long replaced = isNew ? 0 : Files.size(place);
            upload.moveTo(place);
            quota.release(replaced);
            FileState state = FileState.of(place).orElseThrow(() -> new ConflictException("The file is gone already"));
            return new StoredFile(folder.addressOf(place), isNew, state.tag());
        } finally {
            lock.unlock();
        }
    }

    private static void checkPlace(Path place, Request request) {
        requireNoFolder(place);
        checkConditions(place, request);
    }

    private static void requireMissing(Path place) {
        requireNoFolder(place);
        if (Files.exists(place)) {
            throw new ConflictException("There is a file of that name already");
        }
    }

    private static void requireNoFolder(Path place) {
        if (Files.exists(place) && !Files.isRegularFile(place)) {
            throw new ConflictException("There is a folder of that name");
        }
    }

    private static void checkConditions(Path place, Request request) {
        FileState.of(place)
                .ifPresentOrElse(
                        state -> Preconditions.check(request, state.tag(), state.lastModified()),
                        () -> Preconditions.checkMissing(request));
    }

    private static long announced(Request request) {
        return request.header("Content-Length").map(Long::parseLong).orElse(0L);
    }

    /**
     * Deletes a file, or a folder with nothing in it.
     *
     * @throws ConflictException if there is something in it, hidden or not
     * @throws dev.bistro.http.HttpException 412 for conditions
     */
    void delete(String path, Request request) {
        Path place = folder.findPlace(path);
        lock.lock();
        try {
            if (Files.notExists(place)) {
                throw new NotFoundException("There is no such file");
            }
            checkConditions(place, request);
            long size = Files.isRegularFile(place) ? Files.size(place) : 0;
            Files.delete(place);
            quota.release(size);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            lock.unlock();
        }
    }

    /** Makes a folder; whether there was nothing of that name. */
    boolean makeFolder(String path) {
        try {
            Files.createDirectory(folder.findPlace(path));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** What the client can be told of; the rest is our fault. */
    private static RuntimeException failed(IOException e) {
        if (e instanceof DirectoryNotEmptyException) {
            return new ConflictException("The folder isn't empty");
        }
        if (e instanceof AccessDeniedException) {
            return new ForbiddenException("The server itself is not allowed to write there");
        }
        if (e instanceof NoSuchFileException) {
            return new NotFoundException("There is no such file");
        }
        return new UncheckedIOException(e);
    }
}
