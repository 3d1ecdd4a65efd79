package dev.bistro.controller;

import dev.bistro.binding.BinderFactory;
import dev.bistro.body.BodyCodecs;
import dev.bistro.result.ErrorWriter;
import dev.bistro.result.ResultWriterFactory;
import dev.bistro.startup.Problems;
import java.util.List;
import java.util.function.Function;

/** Makes the dispatcher of an application: looks at its controllers first, and takes the objects when all is well. */
public final class DispatcherFactory {
}
