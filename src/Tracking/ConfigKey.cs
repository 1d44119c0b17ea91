namespace AeVae.Tracking;

/// <summary>Dotted keys of a configuration.</summary>
public static class ConfigKey
{
    /// <summary>Whether a key is another one, or one of the section that the other names.</summary>
    public static bool IsWithin(string key, string section) => key == section || key.StartsWith($"{section}.", StringComparison.Ordinal);
}
