using System.Security.Cryptography;
using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Data.Fetching;
using AeVae.Tests.Data;
using AeVae.Tests.Models;

namespace AeVae.Tests.Runner.Verifying;

/// <summary>The small images in IDX files of a temporary folder; whatever lies there counts as published.</summary>
sealed class IdxFolder : IDisposable
{
    const int Train = 45, Validation = 17, Test = 21;
    const int Header = 16;

    readonly TemporaryFolder _folder = new();
    readonly Dictionary<string, byte[]> _files;

    public IdxFolder()
    {
        ImageSet train = SmallData.Images(Train + Validation, "train"), test = SmallData.Images(Test, "test");
        _files = new()
        {
            ["train-images-idx3-ubyte"] = TinyDataset.Idx([train.Count, SmallData.Height, SmallData.Width], train.Pixels.ToArray()),
            ["train-labels-idx1-ubyte"] = TinyDataset.Idx([train.Count], train.Labels.ToArray()),
            ["t10k-images-idx3-ubyte"] = TinyDataset.Idx([test.Count, SmallData.Height, SmallData.Width], test.Pixels.ToArray()),
            ["t10k-labels-idx1-ubyte"] = TinyDataset.Idx([test.Count], test.Labels.ToArray()),
        };
    }

    public void ChangeTrainingPixel(int pixel) => _files["train-images-idx3-ubyte"][Header + pixel] ^= 1;

    public void ChangeTestPixel(int pixel) => _files["t10k-images-idx3-ubyte"][Header + pixel] ^= 1;

    public Splits Load()
    {
        DatasetInfo info = new()
        {
            Name = "small",
            Description = "",
            Origin = "",
            Shape = SmallData.Shape,
            TrainImages = Train + Validation,
            TestImages = Test,
            ClassNames = ["dark", "light"],
            Files = [.. _files.Select(file => new DatasetFile(file.Key, file.Value.Length, Convert.ToHexStringLower(SHA256.HashData(file.Value))))],
        };
        DataFolder folder = new(_folder.Path);
        Directory.CreateDirectory(folder.FolderOf(info));
        foreach ((string name, byte[] bytes) in _files)
            File.WriteAllBytes(folder.PathOf(info, name), bytes);
        return new SplitLoader(folder).LoadFrom(new(info, new() { Dataset = info.Name, Validation = ValidationSource.FromTraining(Validation) }, folder));
    }

    public void Dispose() => _folder.Dispose();
}
