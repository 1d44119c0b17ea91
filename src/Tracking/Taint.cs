namespace AeVae.Tracking;

/// <summary>What changed under a run while it ran.</summary>
static class Taint
{
    /// <summary>The changes in words; null when there are none.</summary>
    public static string? Between(Provenance begin, Provenance end)
    {
        var changes = new List<string>();
        if (begin.GitCommit != end.GitCommit)
            changes.Add($"commit was {begin.GitCommit ?? "none"}, is {end.GitCommit ?? "none"}");
        if (begin.GitDiffSha256 != end.GitDiffSha256)
            changes.Add("tracked files were edited");
        Dictionary<string, string> filesAtEnd = end.DataFiles.ToDictionary(file => file.Path, file => file.Sha256);
        foreach (DataFileRecord file in begin.DataFiles)
        {
            if (filesAtEnd.GetValueOrDefault(file.Path) != file.Sha256)
                changes.Add($"data file {file.Path} changed");
        }

        return changes.Count == 0 ? null : "while it ran, " + string.Join("; ", changes);
    }
}
