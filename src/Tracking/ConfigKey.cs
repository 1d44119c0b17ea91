namespace AeVae.Tracking;

/// <summary>Dotted keys of a configuration.</summary>
public static class ConfigKey
{
    /// <summary>Whether a key is another one, or one of the section that the other names.</summary>
    public static bool IsWithin(string key, string section) => key == section || key.StartsWith($"{section}.", StringComparison.Ordinal);

    /// <summary>The key that is meant by its end, as <c>learning_rate</c>; null where there is none.</summary>
    /// <param name="ending">What was written.</param>
    /// <param name="keys">The keys that end so, in the order in which they are told.</param>
    /// <exception cref="UnknownNameException">There are several.</exception>
    public static string? OnlyOne(string ending, IReadOnlyList<string> keys) => keys switch
    {
        [] => null,
        [var key] => key,
        _ => throw new UnknownNameException($"'{ending}' may be {string.Join(" or ", keys)}: write one of them."),
    };
}
