using AeVae.Data;

namespace AeVae.Tests.Data;

/// <summary>Where the real data are, if anywhere.</summary>
static class PublishedData
{
    /// <summary>The folder that RUNNER_DATA names, else <c>data</c> beside the solution.</summary>
    public static DataFolder Folder()
    {
        if (Environment.GetEnvironmentVariable("RUNNER_DATA") is { Length: > 0 } path) return new(path);
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "AeVae.sln"))) root = Path.GetDirectoryName(root);
        return new(Path.Combine(root ?? ".", "data"));
    }
}
