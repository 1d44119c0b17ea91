using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Data.Fetching;

namespace AeVae.Tests.Data;

/// <summary>A data set of 2 × 2 images in IDX files of a folder that goes away with the test: 5 for training, 2 for testing, classes 0 to 2.</summary>
sealed class TinyDataset : IDisposable
{
    readonly TemporaryFolder folder = new();

    public TinyDataset(params IReadOnlyList<FetchSource> sources)
    {
        Info = new()
        {
            Name = "tiny",
            Description = "",
            Origin = "",
            Shape = new(2, 2),
            TrainImages = 5,
            TestImages = 2,
            ClassNames = ["a", "b", "c"],
            Files = [.. Published.Select(file => new DatasetFile(file.Key, file.Value.Length, Convert.ToHexStringLower(SHA256.HashData(file.Value))))],
            Sources = sources,
        };
        Folder = new(folder.Path);
        Directory.CreateDirectory(Folder.FolderOf(Info));
    }

    public DatasetInfo Info { get; }

    public DataFolder Folder { get; }

    public static IReadOnlyDictionary<string, byte[]> Published { get; } = new Dictionary<string, byte[]>
    {
        ["train-images-idx3-ubyte"] = Idx([5, 2, 2], [.. Enumerable.Range(0, 20).Select(i => (byte)(10 * i))]),
        ["train-labels-idx1-ubyte"] = Idx([5], [0, 1, 2, 0, 1]),
        ["t10k-images-idx3-ubyte"] = Idx([2, 2, 2], [200, 201, 202, 203, 204, 205, 206, 207]),
        ["t10k-labels-idx1-ubyte"] = Idx([2], [2, 1]),
    };

    public static byte[] Idx(int[] dimensions, byte[] values, byte type = 0x08)
    {
        byte[] header = new byte[4 + 4 * dimensions.Length];
        header[2] = type;
        header[3] = (byte)dimensions.Length;
        for (int i = 0; i < dimensions.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), dimensions[i]);
        return [.. header, .. values];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    public TinyDataset WithAllFiles()
    {
        foreach ((string name, byte[] bytes) in Published) Put(name, bytes);
        return this;
    }

    public void Put(string name, byte[] bytes) => File.WriteAllBytes(Folder.PathOf(Info, name), bytes);

    public string[] FileNames() => [.. Directory.EnumerateFiles(Folder.FolderOf(Info)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public Splits Load(ValidationSource? validation = null, int? trainLimit = null) =>
        new SplitLoader(Folder).LoadFrom(new(Info, new() { Dataset = "tiny", Validation = validation ?? ValidationSource.FromTraining(2), TrainLimit = trainLimit }, Folder));

    public string LoadFails() => Assert.Throws<DataException>(() => Load()).Message;

    public void Dispose() => folder.Dispose();
}
