namespace AeVae.Runner.Specs;

/// <summary>Reads experiment files.</summary>
internal static class SpecReader
{
    /// <summary>Reads a file with what it extends, applies overrides in order, and reports every problem; never throws for bad input.</summary>
    /// <param name="path">The experiment file.</param>
    /// <param name="overrides"><c>key=value</c> with a dotted key and a YAML value: <c>train.epochs=2</c>.</param>
    public static SpecResult Read(string path, IReadOnlyList<string> overrides) => throw new NotImplementedException(path + overrides.Count);
}
