package dev.bistro.data.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script in Lua, all of which Redis carries out at once, without anything in between.
 *
 * @param text of the script
 * @param digest by which Redis knows it
 */
public record RedisScript(String text, String digest) {
    /** A script: {@code of("return redis.call('get', KEYS[1])")}. */
    public static RedisScript of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new RedisScript(text, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // each JDK has it
        }
    }
}
