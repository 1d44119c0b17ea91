namespace AeVae.Runner.Specs;

/// <summary>The experiment with every default written out, as canonical JSON: what is hashed, stored and verified.</summary>
internal static class ResolvedConfig
{
    /// <summary>Compact JSON in fixed key order.</summary>
    public static string ToJson(ExperimentSpec spec) => throw new NotImplementedException(spec.Name);

    /// <summary>SHA-256 of the UTF-8 bytes, lower-case hexadecimal.</summary>
    public static string Sha256(string json) => throw new NotImplementedException(json);

    /// <summary>The experiment that <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a resolved configuration.</exception>
    public static ExperimentSpec FromJson(string json) => throw new NotImplementedException(json);

    /// <summary>Every leaf with its dotted key, in the order of the text: (<c>train.epochs</c>, <c>50</c>).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Flatten(string json) => throw new NotImplementedException(json);
}
