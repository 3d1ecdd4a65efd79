package dev.bistro.app;

import dev.bistro.Bistro;
import dev.bistro.BistroBuilder;
import dev.bistro.app.files.FilesOnly;
import dev.bistro.testing.HttpManners;
import java.util.Map;

class StaticFilesMannersTest extends HttpManners {
    @Override
    protected BistroBuilder application() {
        return Bistro.app(FilesOnly.class);
    }

    @Override
    protected Map<String, String> examples() {
        return Map.of("path", "style.css");
    }
}
