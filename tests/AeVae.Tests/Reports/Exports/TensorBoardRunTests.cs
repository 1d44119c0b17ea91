using System.Buffers.Binary;
using System.Text;
using AeVae.Reports.Exports;
using AeVae.Reports.Runs;
using AeVae.Tracking;
using static AeVae.Tests.Reports.Exports.ProtobufFields;

namespace AeVae.Tests.Reports.Exports;

/// <summary>Event files, read by a reader that was written from the formats' descriptions and shares nothing with the writer.</summary>
public sealed class TensorBoardRunTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("aevae-events-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void TheFileBeginsAsEveryFileOfTensorFlow()
    {
        byte[] file = Write(FakeRun.Full(2));

        // 24 bytes follow: a length whose checksum stands in every such file that there is.
        Assert.Equal([0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22], file[..12]);
        Assert.Equal("brain.Event:2", Encoding.UTF8.GetString(Fields(Records(file)[0])[3].Single()));
        Assert.Equal(0xe3069283, Crc32C("123456789"u8));   // of the reader below: the check value of CRC-32C
    }

    [Fact]
    public void AnImageThatCannotBeReadIsLeftOut()
    {
        byte[] file = Write(FakeRun.Full(2).With(ArtifactNames.Samples, [1, 2, 3]), "artifact samples of run");

        Assert.Equal(["reconstructions"], Values(file).Where(value => value.Fields.ContainsKey(4)).Select(value => value.Tag));
    }

    [Fact]
    public void HowTheRunEndedIsSaid()
    {
        Value end = Values(Write(FakeRun.NotFinite())).Single(value => value.Tag == "_hparams_/session_end_info");
        Assert.Equal(2, Varint(Fields(Fields(Fields(Fields(end.Fields[9].Single())[1].Single())[2].Single())[4].Single())[1].Single()));   // STATUS_FAILURE
        Assert.DoesNotContain(Values(Write(FakeRun.Interrupted(1))), value => value.Tag == "_hparams_/session_end_info");
    }

    [Fact]
    public void EveryMetricIsAScalarOfItsEpochWithItsUnit()
    {
        RunData run = FakeRun.Full(3);
        Value[] scalars = [.. Values(Write(run)).Where(value => value.Fields.ContainsKey(2))];

        Assert.Equal(
            run.Series.Value.SelectMany(series => series.Value.Select(point => ($"{series.Key.Name}/{series.Key.ToString().Split('.')[0]}", (long)point.Epoch, (float)point.Value))).Order(),
            scalars.Select(scalar => (scalar.Tag, scalar.Step, BinaryPrimitives.ReadSingleLittleEndian(scalar.Fields[2].Single()))).Order());
        Value described = scalars.Single(scalar => scalar is { Tag: "bce/val", Step: 1 });
        Assert.StartsWith("nats per image", Encoding.UTF8.GetString(Fields(described.Fields[9].Single())[3].Single()), StringComparison.Ordinal);
    }

    [Fact]
    public void TimesAreThoseOfTraining()
    {
        double[] times = [.. Values(Write(FakeRun.Full(3))).Where(value => value.Tag == "loss/train").Select(value => value.Seconds)];

        Assert.Equal([2.5, 2.5], times[1..].Zip(times, (later, earlier) => Math.Round(later - earlier, 3)));   // FakeRunStore
    }

    [Fact]
    public void TheConfigurationIsGivenAsHyperparameters()
    {
        Value start = Values(Write(FakeRun.Full(2))).Single(value => value.Tag == "_hparams_/session_start_info");
        Dictionary<int, List<byte[]>> plugin = Fields(Fields(start.Fields[9].Single())[1].Single());
        Dictionary<string, Dictionary<int, List<byte[]>>> hyperparameters = Fields(Fields(plugin[2].Single())[3].Single())[1].Select(Fields)
            .ToDictionary(entry => Encoding.UTF8.GetString(entry[1].Single()), entry => Fields(entry[2].Single()));

        Assert.Equal("hparams", Encoding.UTF8.GetString(plugin[1].Single()));
        Assert.Equal(1e-4, BinaryPrimitives.ReadDoubleLittleEndian(hyperparameters["train.learning_rate"][2].Single()));
        Assert.Equal("[400]", Encoding.UTF8.GetString(hyperparameters["model.encoder"][3].Single()));
        Assert.DoesNotContain("data.train_limit", hyperparameters.Keys);   // null
    }

    [Fact]
    public void ImagesAreOnOneSheet()
    {
        Value[] images = [.. Values(Write(FakeRun.Full(2))).Where(value => value.Fields.ContainsKey(4))];

        Assert.Equal(["reconstructions", "samples"], images.Select(image => image.Tag));
        Dictionary<int, List<byte[]>> sheet = Fields(images[0].Fields[4].Single());
        byte[] png = sheet[4].Single();
        Assert.Equal("PNG"u8.ToArray(), png[1..4]);
        Assert.Equal((Varint(sheet[2].Single()), Varint(sheet[1].Single())), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));

        // The PNG is not compressed: its rows stand in it as they are, each after a zero. Those of the originals come first.
        int last = 0;
        foreach (string artifact in (string[])[ArtifactNames.Originals, ArtifactNames.Reconstructions])
        {
            (byte[] pixels, IReadOnlyList<int> shape) = NpyArray.ReadByteImages(FakeRun.Full(2).Artifact(artifact)!);
            (int count, int height, int width) = (shape[0], shape[1], shape[2]);
            for (int y = 0; y < height; y++)
            {
                byte[] row = [0, .. Enumerable.Range(0, count).SelectMany(i => pixels.AsSpan((i * height + y) * width, width).ToArray())];
                int found = png.AsSpan(last).IndexOf(row);
                Assert.True(found >= 0, $"{artifact}, row {y}");
                last += found + row.Length;
            }
        }
    }

    byte[] Write(RunData run, string? note = null)
    {
        string database = Path.Combine(folder, "results.db");
        string id;
        using (RunStore store = RunStore.Open(database))
            id = store.Add(run);
        using RunQueries queries = RunQueries.Open(database);
        using MemoryStream file = new();
        IReadOnlyList<string> notes = TensorBoardRun.Write(queries, id, file);
        if (note is null) Assert.Empty(notes);
        else Assert.Contains(note, Assert.Single(notes), StringComparison.Ordinal);
        return file.ToArray();
    }

    sealed record Value(double Seconds, long Step, string Tag, Dictionary<int, List<byte[]>> Fields);

    static IEnumerable<Value> Values(byte[] file) =>
        from record in Records(file).Select(Fields)
        where record.ContainsKey(5)
        from value in Fields(record[5].Single()).GetValueOrDefault(1, []).Select(Fields)
        select new Value(BinaryPrimitives.ReadDoubleLittleEndian(record[1].Single()), record.TryGetValue(2, out List<byte[]>? step) ? Varint(step.Single()) : 0, Encoding.UTF8.GetString(value[1].Single()), value);

    static List<byte[]> Records(byte[] file)
    {
        List<byte[]> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
            byte[] data = file[(at + 12)..(at + 12 + length)];
            Assert.Equal(Masked(data), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
            records.Add(data);
            at += 12 + length + 4;
        }

        return records;
    }

    static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = Crc32C(data);
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in data)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }

        return ~crc;
    }
}
