using System.Text.Json;

namespace AeVae.Tracking;

/// <summary>The packages that the program was built with, which the build writes beside it: NAME.deps.json, "libraries": {"Package/1.2.3": {"type": "package"}}.</summary>
/// <param name="file">The file; null or empty when there is none.</param>
/// <remarks>Read once, as they are loaded and stay what they are, while a build may write the file anew; until that succeeds, tried again each time.</remarks>
sealed class PackageList(string? file)
{
    IReadOnlyList<KeyValuePair<string, string>>? packages;

    /// <summary>The file that could not be read yet; null when it was, or there is none.</summary>
    public string? Unread => packages is null && !string.IsNullOrEmpty(file) ? file : null;

    /// <summary>Names and versions, by name; none where the file is missing, half-written or another kind of file, which is no reason for a run to fail.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Read()
    {
        if (packages is null && !string.IsNullOrEmpty(file))
            packages = TryRead(file);
        return packages ?? [];
    }

    static IReadOnlyList<KeyValuePair<string, string>>? TryRead(string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return [.. document.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(library => library.Value.GetProperty("type").GetString() == "package")
                .Select(library => library.Name.Split('/'))
                .Select(parts => KeyValuePair.Create(parts[0], parts[1]))
                .OrderBy(package => package.Key, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
