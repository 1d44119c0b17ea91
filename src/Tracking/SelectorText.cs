using System.Globalization;

namespace AeVae.Tracking;

/// <summary>What selectors of runs and of sweeps have in common.</summary>
static class SelectorText
{
    /// <summary>1 for <c>@last</c> and <c>@1</c>, the newest, 2 for <c>@2</c> …; null for any other text.</summary>
    public static int? Nth(string selector) => selector == "@last" ? 1
        : selector.StartsWith('@') && int.TryParse(selector.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : null;

    /// <summary>A path as experiment files are stored: with forward slashes, without <c>./</c> before it.</summary>
    public static string StoredPath(string path)
    {
        path = path.Replace('\\', '/');
        return path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;
    }
}
