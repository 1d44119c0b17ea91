using System.Buffers.Binary;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;

namespace AeVae.Data.Images;

/// <summary>A folder of images, listed: which belong to which split, in which order and of which class.</summary>
/// <param name="Train">Images of the training split.</param>
/// <param name="Test">Images of the test split.</param>
/// <param name="ClassNames">Name of each class; empty when the images have none.</param>
/// <remarks>
/// Nothing depends on the order of a directory listing or on times of files. An image is known by its path below its split, <c>cats/anna.jpg</c>, and the
/// SHA-256 of that (in UTF-8) is its place: images are read in ascending order of it, as if shuffled. Where the folder has no folders <c>train</c> and
/// <c>test</c>, one image in seven is for testing, those whose first four bytes (big-endian) are a multiple of seven, so that an image that is added later
/// moves none from one of the two to the other.
/// </remarks>
sealed record ImageFolder(IReadOnlyList<ImageFile> Train, IReadOnlyList<ImageFile> Test, IReadOnlyList<string> ClassNames)
{
    /// <summary>What whoever looks for images or classes that are not there should know.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    const string TrainFolder = "train", TestFolder = "test";
    const uint OneInSeven = 7;
    const int MostClasses = byte.MaxValue + 1;

    /// <summary>Endings of the files that are read; every other file is left alone.</summary>
    static readonly string[] Endings = [".jpg", ".jpeg", ".png"];

    /// <summary>Lists a folder with all folders below it. Images of folders right below a split have classes, named like these, where all images have one.</summary>
    /// <exception cref="DataException">It is not there, cannot be listed, or has no two splits.</exception>
    public static ImageFolder List(string folder)
    {
        if (File.Exists(folder))
            throw new DataException($"{folder} is a file. 'data.path' is the folder that images lie in.");
        ImageFile[] files;
        string? links;
        try
        {
            ImageFile?[] found = [.. FilesAndLinks(folder)];
            files = [.. found.OfType<ImageFile>()];
            links = found.Length - files.Length is > 0 and var count ? $"{count} of its folders {(count == 1 ? "is a link" : "are links")}, and links to folders are not followed" : null;
        }
        catch (DirectoryNotFoundException) when (!Directory.Exists(folder))
        {
            throw new DataException($"{folder}: there is no such folder. 'data.path' is a folder below the data folder, or an absolute path.");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot list {folder}: {refusal.Message}", refusal);
        }

        if (files.Length == 0) throw new DataException($"{folder}: there is no {string.Join(", ", Endings)} file in it or in a folder of it{InBrackets(links)}.");
        (ImageFile[] train, ImageFile[] test) = Split(folder, files, links);
        if (train.Length < 2 || test.Length < 1)
            throw new DataException($"{folder}: it has {train.Length} training and {test.Length} test images; there must be 2 and 1 at least. Add images, or choose the splits by folders '{TrainFolder}' and '{TestFolder}'.");

        string[] classes = [.. train.Concat(test).Select(file => file.Class).Distinct().Order(StringComparer.Ordinal)];
        string? without = classes is [_] ? null
            : classes.Contains("") ? $"its images have no classes: {train.Concat(test).First(file => file.Class.Length == 0).Name} lies in no folder of a class"
            : classes.Length > MostClasses ? $"its images have no classes: there are {classes.Length} folders, and {MostClasses} classes at most"
            : null;
        return new(train, test, classes.Length < 2 || without is not null ? [] : classes) { Remarks = [.. new[] { without, links }.OfType<string>()] };
    }

    // Folders that are links are left out, and counted by a null each: through one that leads upwards, every image would be there many times.
    static FileSystemEnumerable<ImageFile?> FilesAndLinks(string folder) => new(folder, (ref entry) => entry.IsDirectory ? null : ImageFile.Of(entry.ToFullPath(), Path.GetRelativePath(folder, entry.ToFullPath())), new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = 0 })
    {
        ShouldIncludePredicate = (ref entry) => !IsHidden(ref entry) && (entry.IsDirectory ? IsLink(ref entry) : HasEnding(ref entry)),
        ShouldRecursePredicate = (ref entry) => !IsLink(ref entry) && !IsHidden(ref entry),
    };

    static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

    static bool IsHidden(ref FileSystemEntry entry) => entry.FileName.StartsWith('.');

    static bool HasEnding(ref FileSystemEntry entry)
    {
        foreach (string ending in Endings)
        {
            if (entry.FileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    static (ImageFile[] Train, ImageFile[] Test) Split(string folder, ImageFile[] files, string? links)
    {
        ILookup<string, ImageFile> byTop = files.ToLookup(file => file.Class);
        if (byTop.FirstOrDefault(top => top.Key is not (TrainFolder or TestFolder) && top.Key.ToLowerInvariant() is (TrainFolder or TestFolder)) is { Key: var written })
            throw new DataException($"{folder}: splits are folders named '{TrainFolder}' and '{TestFolder}', in lower case, and there is '{written}'. Rename it.");
        if (!byTop.Contains(TrainFolder) && !byTop.Contains(TestFolder))
            return (InOrder(files.Where(file => !file.IsOneIn(OneInSeven))), InOrder(files.Where(file => file.IsOneIn(OneInSeven))));
        if (!byTop.Contains(TrainFolder) || !byTop.Contains(TestFolder))
            throw new DataException($"{folder}: the names '{TrainFolder}' and '{TestFolder}' are those of the splits, and only one of them has images{InBrackets(links)}. Have both, or rename it, and one image in seven is for testing.");
        if (byTop.FirstOrDefault(top => top.Key is not (TrainFolder or TestFolder)) is { } others)
            throw new DataException($"{folder}: beside '{TrainFolder}' and '{TestFolder}' there are images elsewhere, such as {others.First().Name}. Move them into one of the two; validation images are taken from '{TrainFolder}'.");
        return (InOrder(byTop[TrainFolder].Select(file => file.Below(TrainFolder))), InOrder(byTop[TestFolder].Select(file => file.Below(TestFolder))));
    }

    static string InBrackets(string? remark) => remark is null ? "" : $" ({remark})";

    static ImageFile[] InOrder(IEnumerable<ImageFile> files) => [.. files.OrderBy(file => file.Place, StringComparer.Ordinal).ThenBy(file => file.Name, StringComparer.Ordinal)];
}

/// <summary>An image of a folder.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its path below the folder or split, with slashes.</param>
/// <param name="Place">SHA-256 of <paramref name="Name"/>, lower-case hexadecimal.</param>
sealed record ImageFile(string Path, string Name, string Place)
{
    /// <summary>The first folder of its name; empty where it lies in none.</summary>
    public string Class => Name.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? Name[..slash] : "";

    /// <summary>Names a file by its path below a folder.</summary>
    public static ImageFile Of(string path, string relative)
    {
        string name = relative.Replace(System.IO.Path.DirectorySeparatorChar, '/');
        return new(path, name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
    }

    /// <summary>The same file, named by its path below <paramref name="split"/>.</summary>
    public ImageFile Below(string split) => Of(Path, Name[(split.Length + 1)..]);

    /// <summary>Whether it is one of one in <paramref name="many"/>.</summary>
    public bool IsOneIn(uint many) => BinaryPrimitives.ReadUInt32BigEndian(Convert.FromHexString(Place.AsSpan(0, 8))) % many == 0;
}
