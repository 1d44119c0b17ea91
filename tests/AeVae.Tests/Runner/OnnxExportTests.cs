using System.Runtime.InteropServices;
using System.Text;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using static AeVae.Tests.Reports.Exports.ProtobufFields;

namespace AeVae.Tests.Runner;

#pragma warning disable RS0030 // The operators as a library computes them are the outside truth here.
/// <summary>Exported ONNX models, executed by an interpreter of the few operators that they use, written from the operators' descriptions.</summary>
public sealed class OnnxExportTests : CommandTest
{
    [Theory]
    [InlineData("{type: vae, encoder: [12, 10], latent_dim: 3}", "mean,log_variance")]
    [InlineData("{type: vae, encoder: [], latent_dim: 3}", "mean,log_variance")]
    [InlineData("{type: vae, encoder: [10], latent_dim: 3, activation: elu}", "mean,log_variance")]
    [InlineData("{type: vae, encoder: [10], latent_dim: 3, activation: softplus}", "mean,log_variance")]
    [InlineData("{type: ae, encoder: [10], latent_dim: 3, activation: leaky_relu, latent_activation: sigmoid}", "code")]
    [InlineData("{type: ae, encoder: [10], decoder: [], latent_dim: 3, activation: identity}", "code")]
    [InlineData("{type: ae, encoder: [10], latent_dim: 3, activation: tanh, output: identity}", "code")]
    public void TheModelsReconstructAsTheRunDid(string model, string outputs)
    {
        string id = Train(model);
        Assert.Equal(ExitCodes.Ok, Run("export", id, "--to", "onnx", "-o", Path.Combine(Folder, "out")).ExitCode);
        string stem = Path.Combine(Folder, "out", $"small-{id[^4..]}");
        (byte[] originals, byte[] reconstructions, int count) = Images(id);

        Dictionary<string, float[]> codes = Execute($"{stem}-encoder.onnx", "image", [.. originals.Select(pixel => pixel / 255f)], count);
        float[] images = Execute($"{stem}-decoder.onnx", "code", codes[outputs.Split(',')[0]], count)["image"];

        Assert.Equal(outputs, string.Join(',', codes.Keys));
        Assert.Equal(3 * count, codes.Values.First().Length);
        // Half a grey level is the rounding of what was stored.
        Assert.All(images.Zip(reconstructions), pixel => Assert.InRange(Math.Abs(Math.Clamp(pixel.First, 0, 1) * 255 - pixel.Second), 0, 0.501f));
    }

    (byte[] Originals, byte[] Reconstructions, int Count) Images(string id)
    {
        using RunQueries queries = RunQueries.Open(Database);
        (byte[] originals, IReadOnlyList<int> shape) = NpyArray.ReadByteImages(queries.GetArtifact(id, ArtifactNames.Originals)!);
        return (originals, NpyArray.ReadByteImages(queries.GetArtifact(id, ArtifactNames.Reconstructions)!).Elements, shape[0]);
    }

    static Dictionary<string, float[]> Execute(string path, string input, float[] values, int batch)
    {
        Dictionary<int, List<byte[]>> model = Fields(File.ReadAllBytes(path)), graph = Fields(model[7].Single());
        Dictionary<string, float[]> known = new() { [input] = values };
        Assert.Equal((input, "13"), (Text(Fields(graph[11].Single())[1]), $"{Varint(Fields(model[8].Single())[2].Single())}"));
        Assert.All(graph[11].Concat(graph[12]), value =>
        {
            Dictionary<int, List<byte[]>> tensor = Fields(Fields(Fields(value)[2].Single())[1].Single());     // ValueInfoProto.type.tensor_type
            Assert.Equal((1, 2), (Varint(tensor[1].Single()), Fields(tensor[2].Single())[1].Count));          // FLOAT, batch × width
        });
        foreach (Dictionary<int, List<byte[]>> tensor in graph[5].Select(Fields))
        {
            known[Text(tensor[8])] = MemoryMarshal.Cast<byte, float>(tensor[9].Single()).ToArray();
            Assert.Equal(known[Text(tensor[8])].Length, tensor[1].Aggregate(1L, (product, length) => product * Varint(length)));
        }

        foreach (Dictionary<int, List<byte[]>> node in graph[1].Select(Fields))
        {
            float[][] inputs = [.. node[1].Select(name => known[Encoding.UTF8.GetString(name)])];
            known[Text(node[2])] = Text(node[4]) switch
            {
                "Gemm" when Attribute(node) is ("transB", 2, 1, null) => Linear(inputs[0], inputs[1], inputs[2], batch),
                "Relu" => Each(inputs[0], x => Math.Max(x, 0)),
                "LeakyRelu" when Attribute(node) is ("alpha", 1, null, float alpha) => Each(inputs[0], x => x < 0 ? alpha * x : x),
                "Elu" => Each(inputs[0], x => x < 0 ? Math.Exp(x) - 1 : x),
                "Tanh" => Each(inputs[0], Math.Tanh),
                "Sigmoid" => Each(inputs[0], x => 1 / (1 + Math.Exp(-x))),
                "Softplus" => Each(inputs[0], x => Math.Log(1 + Math.Exp(x))),
                var unknown => throw new InvalidOperationException(unknown),
            };
        }

        return graph[12].Select(output => Text(Fields(output)[1])).ToDictionary(name => name, name => known[name]);
    }

    // AttributeProto: name, type (1: FLOAT, 2: INT), i, f.
    static (string Name, long Type, long? Integer, float? Number) Attribute(Dictionary<int, List<byte[]>> node)
    {
        Dictionary<int, List<byte[]>> attribute = Fields(node[5].Single());
        return (Text(attribute[1]), Varint(attribute[20].Single()), attribute.TryGetValue(3, out List<byte[]>? integer) ? Varint(integer.Single()) : null,
            attribute.TryGetValue(2, out List<byte[]>? number) ? BitConverter.ToSingle(number.Single()) : null);
    }

    // Y = A · Bᵀ + C with transB = 1.
    static float[] Linear(float[] a, float[] b, float[] c, int batch)
    {
        int inputs = a.Length / batch, outputs = c.Length;
        float[] y = new float[batch * outputs];
        for (int i = 0; i < y.Length; i++)
        {
            double sum = c[i % outputs];
            for (int k = 0; k < inputs; k++)
                sum += (double)a[i / outputs * inputs + k] * b[i % outputs * inputs + k];
            y[i] = (float)sum;
        }

        return y;
    }

    static float[] Each(float[] x, Func<double, double> function) => [.. x.Select(value => (float)function(value))];

    static string Text(List<byte[]> field) => Encoding.UTF8.GetString(field.Single());

    string Train(string model)
    {
        string file = Path.Combine(Folder, "small.yaml");
        File.WriteAllText(file, $"name: small\ndata: {{{SmallImages.Dataset}, validation: 20, train_limit: 40}}\nmodel: {model}\nloss: {{reconstruction: {(model.Contains("output: identity", StringComparison.Ordinal) ? "mse" : "bce")}}}\ntrain: {{epochs: 2, batch_size: 8}}\n");
        (int exitCode, _, string error) = Run("run", file, "--no-report", "-q");
        Assert.True(exitCode == ExitCodes.Ok, error);
        return RunQueries.Ask(Database, queries => queries.Resolve("@last").Single());
    }
}
