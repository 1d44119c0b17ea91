namespace AeVae.Data.Fetching;

/// <summary>A place that may have the files of a data set.</summary>
abstract class FetchSource
{
    /// <summary>The place, in words that a person can act on.</summary>
    public abstract string Name { get; }
}

sealed class FolderSource(string path) : FetchSource
{
    public override string Name => path;
}

sealed class HttpSource(Uri folder) : FetchSource
{
    public override string Name => folder.ToString();
}

sealed class NpmPackageSource(string package, string version) : FetchSource
{
    public override string Name => $"npm package {package}@{version}";
}

sealed class DebianPackageSource(string package, string folder) : FetchSource
{
    public override string Name => $"Debian package {package} {folder}";
}
