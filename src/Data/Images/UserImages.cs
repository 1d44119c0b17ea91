using System.Security.Cryptography;
using AeVae.Data.Catalogue;

namespace AeVae.Data.Images;

/// <summary>The data set <c>images</c>: a folder of the user's own pictures, each cropped to its middle square and scaled.</summary>
static class UserImages
{
    /// <summary>The catalogue's line.</summary>
    public static DatasetInfo Info { get; } = new()
    {
        Name = "images",
        Description = "Your own JPEG and PNG files, from the folder that data.path names.",
        Origin = "your own",
        WithoutFiles = "your folder",
        Read = Read,
    };

    /// <summary>Reads every image, or what was kept of reading them before.</summary>
    /// <exception cref="DataException">The folder is not there, has too few or too many images, or some cannot be read; the message names these.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    static LabelledImages Read(ImageSource source)
    {
        (DataOptions options, ImageShape shape) = (source.Options, source.Options.ShapeIn(source.Dataset));
        ImageFolder folder = ImageFolder.List(Path.Combine(source.Folder.Path, options.Path ?? throw new DataException("data.dataset: images needs data.path.")));
        CheckRoom(source.Name, Math.Max(folder.Train.Count, folder.Test.Count), shape);
        PreparedImages prepared = new(source.Folder, folder, shape);
        (byte[] train, byte[] test) = prepared.Find() ?? prepared.Keep(PictureStack.Read(source, folder, shape));
        return new(Set(train, folder.Train), Set(test, folder.Test), folder.ClassNames, [File("training images", train, folder.Train), File("test images", test, folder.Test)]);

        ImageSet Set(byte[] pixels, IReadOnlyList<ImageFile> files) => new(pixels, Labels(folder, files), shape);

        DataFile File(string part, byte[] pixels, IReadOnlyList<ImageFile> files)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] labels = Labels(folder, files);
            hash.AppendData(pixels);
            hash.AppendData(labels);
            return new($"{source.Name}, {part}", Convert.ToHexStringLower(hash.GetHashAndReset()), (long)pixels.Length + labels.Length);
        }
    }

    static byte[] Labels(ImageFolder folder, IReadOnlyList<ImageFile> files) =>
        folder.ClassNames.Count == 0 ? [] : [.. files.Select(file => (byte)folder.ClassNames.IndexOf(file.Class))];

    static void CheckRoom(string name, int images, ImageShape shape)
    {
        if ((long)images * shape.Values > Array.MaxLength)
            throw new DataException($"{name}: {images} images of {shape} values are more than {Array.MaxLength} bytes. Make data.size smaller, or take data.channels: grey.");
    }

    static int IndexOf(this IReadOnlyList<string> names, string name)
    {
        int index = 0;
        while (names[index] != name) index++;
        return index;
    }
}
