/**
 * The front door: settings in, running server out.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     Bistro.run(ShopApplication.class, args);
 * }
 * }</pre>
 */
package dev.bistro;
