/**
 * Which classes an application is made of: the rule for that, and the index that the compiler writes of them. Not API: its types are public for the
 * controller room, and its annotation processor for the compiler.
 */
package dev.bistro.index;
