package dev.bistro.feed.store;

/** Writes and reads what is stored of items. For any thread. */
public interface ItemCodec {
    /** An item's data as JSON. */
    <T> String write(T data, Class<T> type);

    /** The data of JSON that {@link #write} has written, perhaps in another version of the application. */
    <T> T read(String json, Class<T> type);
}
