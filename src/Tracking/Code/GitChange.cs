namespace AeVae.Tracking.Code;

/// <summary>A file that differs from the commit.</summary>
/// <param name="Kind"><c>modified</c>, <c>deleted</c>, <c>new</c> or <c>in conflict</c>.</param>
/// <param name="Path">The file, or a folder of new files, from the root of the checkout.</param>
public sealed record GitChange(string Kind, string Path)
{
    /// <summary>Reads a line of <c>git status --porcelain=v2</c> without renames.</summary>
    /// <remarks><c>1 XY sub mH mI mW hH hI path</c>, <c>u XY sub m1 m2 m3 mW h1 h2 h3 path</c>, <c>? path</c>; X is the index, Y the folder.</remarks>
    internal static GitChange Parse(string line)
    {
        string[] fields = line.Split(' ', line[0] switch { '?' => 2, 'u' => 11, _ => 9 });
        string kind = line[0] switch
        {
            '?' => "new",
            'u' => "in conflict",
            _ when fields[1].Contains('D', StringComparison.Ordinal) => "deleted",
            _ when fields[1].Contains('A', StringComparison.Ordinal) => "new",
            _ => "modified",
        };
        return new(kind, fields[^1]);
    }
}
