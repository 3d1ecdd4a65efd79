/**
 * Finds controllers, makes endpoints of their methods at startup, calls them at request time, and maps exceptions to responses. Not
 * API: its types are public for the front door only.
 */
package dev.bistro.controller;
