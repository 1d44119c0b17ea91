using AeVae.Data.Catalogue;

namespace AeVae.Data.Idx;

/// <summary>Reads a data set of four IDX files: images and labels for training and for testing.</summary>
static class IdxDataset
{
    /// <summary>Reads and checks all four files.</summary>
    /// <exception cref="DataException">A file is missing or damaged, or two files disagree.</exception>
    public static LabelledImages Read(ImageSource source)
    {
        (DatasetInfo dataset, DataFolder folder) = (source.Dataset, source.Folder);
        string[] missing = [.. dataset.Files.Select(file => file.Name).Where(name => folder.Find(dataset, name) is null)];
        if (missing.Length > 0)
            throw new DataException($"{folder.FolderOf(dataset)}: no {string.Join(", ", missing)}. Fetch the data set with `runner data fetch {dataset.Name}`.");

        (ImageSet train, IdxArray trainImages, IdxArray trainLabels) = ReadPart(dataset, folder, IdxFileNames.TrainImages, IdxFileNames.TrainLabels);
        (ImageSet test, IdxArray testImages, IdxArray testLabels) = ReadPart(dataset, folder, IdxFileNames.TestImages, IdxFileNames.TestLabels);
        return new(train, test, dataset.ClassNames, [trainImages.File, trainLabels.File, testImages.File, testLabels.File]);
    }

    static (ImageSet Set, IdxArray Images, IdxArray Labels) ReadPart(DatasetInfo dataset, DataFolder folder, string imageFile, string labelFile)
    {
        IdxArray images = ReadFile(dataset, folder, imageFile, rank: 3);
        IdxArray labels = ReadFile(dataset, folder, labelFile, rank: 1);
        ImageShape shape = new(images.Dimensions[1], images.Dimensions[2]);
        if (shape != dataset.Shape)
            throw Damaged(dataset, folder, imageFile, $"its images have {shape} pixels; those of {dataset.Name} have {dataset.Shape}");
        if (images.Dimensions[0] != labels.Dimensions[0])
            throw Damaged(dataset, folder, labelFile, $"it has {labels.Dimensions[0]} labels for the {images.Dimensions[0]} images of {imageFile}");
        int wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(dataset.ClassNames.Count - 1));
        if (wrong >= 0)
            throw Damaged(dataset, folder, labelFile, $"label {wrong} is {labels.Values[wrong]}; labels of {dataset.Name} are 0 to {dataset.ClassNames.Count - 1}");
        CheckBytes(dataset, folder, imageFile, images);
        CheckBytes(dataset, folder, labelFile, labels);
        return (new(images.Values, labels.Values, shape), images, labels);
    }

    static IdxArray ReadFile(DatasetInfo dataset, DataFolder folder, string fileName, int rank)
    {
        try
        {
            IdxArray array = IdxReader.Read(folder.Find(dataset, fileName)!, rank);
            return array with { File = array.File with { Name = fileName } };     // the same file, compressed or not
        }
        catch (InvalidDataException defect)
        {
            throw Damaged(dataset, folder, fileName, defect.Message, defect);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"cannot read {folder.Find(dataset, fileName)}: {refusal.Message}", refusal);
        }
    }

    static void CheckBytes(DatasetInfo dataset, DataFolder folder, string fileName, IdxArray array)
    {
        DatasetFile published = dataset.Files.Single(file => file.Name == fileName);
        if (array.File.Sha256 != published.Sha256)
            throw Damaged(dataset, folder, fileName, $"its SHA-256 is {array.File.Sha256}; the published file has {published.Sha256}");
    }

    static DataException Damaged(DatasetInfo dataset, DataFolder folder, string fileName, string defect, Exception? cause = null) =>
        new($"{folder.Find(dataset, fileName)}: {defect}. Replace it with `runner data fetch {dataset.Name}`.", cause);
}
