package dev.bistro.binding;

import dev.bistro.body.FileUpload;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** How a parameter's type holds files: as one, as one or none, or as many. */
enum UploadHolding {
    ONE {
        @Override
        Object hold(List<FileUpload> files) {
            return files.get(0);
        }
    },
    OPTIONAL {
        @Override
        Object hold(List<FileUpload> files) {
            return files.stream().findFirst();
        }
    },
    LIST {
        @Override
        Object hold(List<FileUpload> files) {
            return files;
        }
    },
    ARRAY {
        @Override
        Object hold(List<FileUpload> files) {
            return files.toArray(FileUpload[]::new);
        }
    };

    abstract Object hold(List<FileUpload> files);

    /** How a type holds files; empty if it holds something else, or holds them in another way. */
    static Optional<UploadHolding> of(Type type) {
        HeldType held = HeldType.of(type);
        if (held.element() != FileUpload.class) {
            return Optional.empty();
        }
        if (held.holding() == Multiplicity.ONE) {
            return Optional.of(ONE);
        }
        if (held.holding() == OptionalHolding.OF_OBJECT) {
            return Optional.of(OPTIONAL);
        }
        if (type == FileUpload[].class) {
            return Optional.of(ARRAY);
        }
        return held.holding() == ManyHolding.LIST ? Optional.of(LIST) : Optional.empty();
    }
}
