using System.Security.Cryptography;
using System.Text;

namespace AeVae.Tracking.Code;

/// <summary>Files that the program is built from and git does not know yet, written as git would write them into a patch.</summary>
/// <remarks>No other new file: a note or a key that lies about must not get into a results file, and an experiment is stored with its run.</remarks>
static class NewSource
{
    const int LargestFile = 1 << 20;

    static readonly string[] Endings = [".cs", ".csproj", ".props", ".targets", ".resx", ".sql"];

    public static IEnumerable<byte[]> Sections(GitProgram git, string projectRoot, string[] where)
    {
        if (git.Ask(["ls-files", "--others", "--exclude-standard", "-z", .. where]) is not { Length: > 0 } list)
            return [];
        string prefix = Encoding.UTF8.GetString(git.Ask("rev-parse", "--show-prefix") ?? []).TrimEnd('\n');   // of the project in the checkout
        return Encoding.UTF8.GetString(list).Split('\0')
            .Where(path => Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(path => Section(prefix + path, Path.Combine(projectRoot, path)))
            .OfType<byte[]>();
    }

    static byte[]? Section(string name, string path)
    {
        string header = $"diff --git {Quoted($"a/{name}")} {Quoted($"b/{name}")}\nnew file mode 100644\n";
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                using FileStream large = File.OpenRead(path);
                return Encoding.UTF8.GetBytes(header + PatchFile.Omitted($"larger than a mebibyte; SHA-256 {Convert.ToHexStringLower(SHA256.HashData(large))}"));
            }

            return [.. Encoding.UTF8.GetBytes(header), .. Content(name, File.ReadAllBytes(path))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;   // it went away meanwhile
        }
    }

    static byte[] Content(string name, byte[] content)
    {
        if (content.Length == 0)
            return [.. "index 0000000..e69de29\n"u8];   // without it git takes the patch for broken
        bool complete = content[^1] == '\n';
        int lines = content.Count(letter => letter == '\n') + (complete ? 0 : 1);
        string header = $"--- /dev/null\n+++ {Quoted($"b/{name}")}\n@@ -0,0 +1{(lines == 1 ? "" : $",{lines}")} @@\n";
        return [.. Encoding.UTF8.GetBytes(header), .. Added(content), .. complete ? "\n"u8 : "\n\\ No newline at end of file\n"u8];
    }

    // "+" before every line; the last line break is left to the caller.
    static IEnumerable<byte> Added(byte[] content)
    {
        int end = content[^1] == '\n' ? content.Length - 1 : content.Length;
        yield return (byte)'+';
        for (int i = 0; i < end; i++)
        {
            yield return content[i];
            if (content[i] == '\n')
                yield return (byte)'+';
        }
    }

    // As git quotes names: C's escapes, control characters in octal.
    static string Quoted(string name) => name.Any(letter => letter is '"' or '\\' || char.IsControl(letter)) ? $"\"{string.Concat(name.Select(Escaped))}\"" : name;

    static string Escaped(char letter) =>
        letter is '"' or '\\' ? $"\\{letter}"
        : char.IsControl(letter) ? $"\\{Convert.ToString(letter, 8).PadLeft(3, '0')}"
        : $"{letter}";
}
