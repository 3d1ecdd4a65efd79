/**
 * The front door: settings in, running server out.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     Bistro.run(ShopApplication.class, args);
 * }
 * }</pre>
 *
 * <p>To see how a start goes, begin with {@code Bistro} and {@code BistroBuilder}, then {@code Assembly}, which walks
 * through all rooms once, and {@code Server} for how it stops.
 */
package dev.bistro;
