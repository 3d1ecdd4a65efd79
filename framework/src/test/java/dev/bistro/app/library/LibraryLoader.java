package dev.bistro.app.library;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * A class path on which there are libraries: it has the file that names them, and an application class of its own. All
 * other classes are those of the tests.
 */
final class LibraryLoader extends ClassLoader {
    private static final String SERVICES = "META-INF/services/dev.bistro.BistroLibrary";

    private final String services;

    private LibraryLoader(String services) {
        super(LibraryLoader.class.getClassLoader());
        this.services = services;
    }

    /** The application of a class path with these lines in the file that names libraries. */
    static Class<?> application(String... lines) throws ClassNotFoundException {
        return new LibraryLoader(String.join("\n", lines)).loadClass(App.class.getName());
    }

    /** The application of a class path with these libraries. */
    static Class<?> application(Class<?>... libraries) throws ClassNotFoundException {
        return application(List.of(libraries).stream().map(Class::getName).toArray(String[]::new));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(App.class.getName())) {
            return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(SERVICES)
                ? Collections.enumeration(List.of(new URL(null, "memory:" + name, new Memory())))
                : super.getResources(name);
    }

    private final class Memory extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) {
            return new URLConnection(url) {
                @Override
                public void connect() {}

                @Override
                public InputStream getInputStream() {
                    return new ByteArrayInputStream(services.getBytes(StandardCharsets.UTF_8));
                }
            };
        }
    }
}
