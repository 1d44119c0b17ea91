using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AeVae.Tracking.Code;

/// <summary>Digest of the code of the program as it lies on disk: tells code apart where git is absent, and when other code was built. The same whether it was compiled ahead of time or not.</summary>
public static class ProgramDigest
{
    /// <summary>SHA-256 over the program's own assemblies in ordinal name order, each as name, blank, module version id (which the compiler derives from the code) and a line feed; null when none lies there, or one cannot be read.</summary>
    public static string? Compute() => Compute(AppContext.BaseDirectory, Assembly.GetEntryAssembly()?.GetName().Name);

    /// <summary>The same for the program <paramref name="entry"/> in <paramref name="folder"/>.</summary>
    public static string? Compute(string folder, string? entry)
    {
        try
        {
            return Digest(folder, entry);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            return null;   // cleaned away or built again meanwhile: no reason for a run to fail
        }
    }

    static string? Digest(string folder, string? entry)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, "*.dll").Where(file => IsOurs(Path.GetFileNameWithoutExtension(file), entry)).OrderBy(Path.GetFileName, StringComparer.Ordinal)];
        return files.Length == 0 ? null : TextSha256.Of(string.Concat(files.Select(Line)));
    }

    static bool IsOurs(string name, string? entry) => name == entry || name.StartsWith("AeVae.", StringComparison.Ordinal);

    static string Line(string file)
    {
        // A build may be writing it.
        using var assembly = new PEReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        MetadataReader metadata = assembly.GetMetadataReader();
        return $"{Path.GetFileName(file)} {metadata.GetGuid(metadata.GetModuleDefinition().Mvid)}\n";
    }
}
