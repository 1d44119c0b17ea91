namespace AeVae.Data.Fetching;

/// <summary>A package of the Debian archive that carries the files; it is downloaded and unpacked, not installed, so nobody needs to be root.</summary>
/// <param name="package">Name of the package.</param>
/// <param name="folder">Folder inside the package.</param>
sealed class DebianPackageSource(string package, string folder) : FetchSource
{
    public override string Name => $"Debian package {package}";

    public override async Task FetchAsync(FileIntake intake, CancellationToken cancellation)
    {
        using var temporary = new TemporaryFolder();
        await ExternalProgram.RunAsync("apt-get", ["download", "-q", package], temporary.Path, cancellation).ConfigureAwait(false);
        string archive = Directory.EnumerateFiles(temporary.Path, "*.deb").FirstOrDefault() ?? throw new FileNotFoundException("`apt-get download` left no package");
        await ExternalProgram.RunAsync("dpkg-deb", ["-x", archive, temporary.Path], temporary.Path, cancellation).ConfigureAwait(false);
        await new FolderSource(Path.Combine(temporary.Path, folder)).FetchAsync(intake, cancellation).ConfigureAwait(false);
    }
}
