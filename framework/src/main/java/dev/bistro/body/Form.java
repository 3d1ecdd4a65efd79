package dev.bistro.body;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A form of a request with any fields: {@code application/x-www-form-urlencoded} or {@code multipart/form-data}. Where
 * the fields are known, {@code @FormParam} parameters are shorter.
 *
 * <pre>{@code
 * @Post
 * String survey(Form form) {
 *     return form.fields().keySet() + " and " + form.files("attachment").size() + " files";
 * }
 * }</pre>
 */
public interface Form {
    /** The texts by the fields' names, in the order of the form. */
    Map<String, List<String>> fields();

    /** The files by the fields' names, in the order of the form. */
    Map<String, List<FileUpload>> files();

    /** The first text of a field. */
    default Optional<String> field(String name) {
        return fields(name).stream().findFirst();
    }

    /** All texts of a field; empty if there is none. */
    default List<String> fields(String name) {
        return fields().getOrDefault(name, List.of());
    }

    /** The first file of a field. */
    default Optional<FileUpload> file(String name) {
        return files(name).stream().findFirst();
    }

    /** All files of a field; empty if there is none. */
    default List<FileUpload> files(String name) {
        return files().getOrDefault(name, List.of());
    }
}
