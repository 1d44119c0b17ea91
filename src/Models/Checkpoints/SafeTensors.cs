using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AeVae.Models.Checkpoints;

/// <summary>The safetensors format, fp32 only: 8 bytes of header length, a JSON header padded with spaces to 8 bytes, then the elements.</summary>
/// <remarks>https://huggingface.co/docs/safetensors</remarks>
static class SafeTensors
{
    const int MaxHeaderBytes = 100_000_000;   // the format's own limit
    const int Alignment = 8;

    public static void Write(Stream file, IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = Header(tensors, metadata);
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
        foreach (StoredTensor tensor in tensors) StateDigest.ForEachPart(tensor.Values, file.Write);
    }

    /// <exception cref="InvalidDataException">The file is torn or no safetensors file of fp32 tensors.</exception>
    /// <exception cref="IOException">It cannot be read, which says nothing about what it holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static (IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        (List<Entry> entries, Dictionary<string, string> metadata) = ReadHeader(file);
        long data = file.Position;
        return ([.. entries.Select(entry => new StoredTensor(entry.Name, entry.Shape, Values(file, data + entry.Begin, entry.Elements)))], metadata);
    }

    /// <summary>Reads the header alone.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        using FileStream file = File.OpenRead(path);
        return ReadHeader(file).Metadata;
    }

    // Leaves the file at the first byte after the header.
    static (List<Entry> Entries, Dictionary<string, string> Metadata) ReadHeader(FileStream file)
    {
        string path = file.Name;
        if (file.Length < sizeof(ulong)) throw Torn(path, $"it ends after {file.Length} bytes");
        byte[] lengthBytes = new byte[sizeof(ulong)];
        file.ReadExactly(lengthBytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > MaxHeaderBytes) throw new InvalidDataException($"{path} is no safetensors file: its header would be {length} bytes long.");
        if ((ulong)file.Length - sizeof(ulong) < length) throw Torn(path, $"it ends after {file.Length} bytes, within its header");
        byte[] json = new byte[length];
        file.ReadExactly(json);
        long dataLength = file.Length - file.Position;
        try
        {
            using JsonDocument header = JsonDocument.Parse(json);
            var metadata = new Dictionary<string, string>();
            var entries = new List<Entry>();
            foreach (JsonProperty property in header.RootElement.EnumerateObject())
            {
                if (property.Name == "__metadata__")
                {
                    foreach (JsonProperty pair in property.Value.EnumerateObject()) metadata[pair.Name] = pair.Value.GetString()!;
                    continue;
                }

                entries.Add(ReadEntry(path, property, dataLength));
            }

            long end = entries.Select(entry => entry.End).DefaultIfEmpty().Max();
            return end == dataLength ? (entries, metadata) : throw Torn(path, $"{dataLength - end} bytes follow the last tensor");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{path} is no safetensors file, or is damaged: {e.Message}", e);
        }
    }

    static Entry ReadEntry(string path, JsonProperty property, long dataLength)
    {
        string? type = property.Value.GetProperty("dtype").GetString();
        if (type != "F32") throw new InvalidDataException($"{path}: tensor '{property.Name}' is {type}, but a checkpoint holds F32 only.");
        int[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        JsonElement offsets = property.Value.GetProperty("data_offsets");
        long begin = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        int elements = shape.Aggregate(1, (product, dimension) => checked(product * dimension));
        if (elements < 0 || begin < 0 || end - begin != (long)elements * sizeof(float)) throw new InvalidDataException($"{path}: tensor '{property.Name}' has {elements} elements but {end - begin} bytes.");
        if (end > dataLength) throw Torn(path, $"tensor '{property.Name}' ends at byte {end} of its data, which has {dataLength}");
        return new Entry(property.Name, shape, elements, begin, end);
    }

    static float[] Values(FileStream file, long offset, int elements)
    {
        const int MostAtOnce = 1 << 20;
        float[] values = new float[elements];
        file.Position = offset;
        for (int done = 0; done < elements; done += MostAtOnce)
        {
            Span<float> next = values.AsSpan(done, Math.Min(MostAtOnce, elements - done));
            file.ReadExactly(MemoryMarshal.AsBytes(next));
            if (BitConverter.IsLittleEndian) continue;
            Span<int> bits = MemoryMarshal.Cast<float, int>(next);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }

    static byte[] Header(IReadOnlyList<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var json = new MemoryStream();
        using (Utf8JsonWriter writer = new(json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            foreach ((string key, string value) in metadata) writer.WriteString(key, value);
            writer.WriteEndObject();
            long begin = 0;
            foreach (StoredTensor tensor in tensors)
            {
                long end = begin + (long)tensor.Values.Length * sizeof(float);
                writer.WriteStartObject(tensor.Name);
                writer.WriteString("dtype", "F32");
                writer.WriteStartArray("shape");
                foreach (int dimension in tensor.Shape) writer.WriteNumberValue(dimension);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(begin);
                writer.WriteNumberValue(end);
                writer.WriteEndArray();
                writer.WriteEndObject();
                begin = end;
            }

            writer.WriteEndObject();
        }

        while (json.Length % Alignment != 0) json.WriteByte((byte)' ');
        return json.ToArray();
    }

    static InvalidDataException Torn(string path, string found) => new($"{path} is torn: {found}. Use another checkpoint.");

    // Begin and End in bytes after the header.
    sealed record Entry(string Name, int[] Shape, int Elements, long Begin, long End);
}
