using System.Buffers.Binary;
using AeVae.Compute;
using AeVae.Models.Checkpoints;
using AeVae.Reports.Exports;

namespace AeVae.Runner.Exporting;

/// <summary>An ONNX model of linear layers, put together layer after layer.</summary>
/// <remarks>The messages of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, operator set 13.</remarks>
sealed class OnnxGraph
{
    const int IrVersion = 7, OperatorSet = 13;
    const int Float = 1;                                  // type of the elements of a tensor
    const int FloatAttribute = 1, IntegerAttribute = 2;

    readonly ProtobufMessage graph = new();
    readonly IReadOnlyList<StoredTensor> parameters;
    string last;

    /// <summary>Begins with the input.</summary>
    /// <param name="name">What the graph computes.</param>
    /// <param name="parameters">Weights and biases of its layers, as in PyTorch: a weight is (outputs × inputs).</param>
    /// <param name="input">Name of the input (batch × <paramref name="width"/>).</param>
    /// <param name="width">Numbers that it has for each example.</param>
    /// <param name="description">What they are.</param>
    public OnnxGraph(string name, IReadOnlyList<StoredTensor> parameters, string input, int width, string description)
    {
        (this.parameters, last) = (parameters, input);
        graph.Add(2, name).Add(11, Value(input, width, description));
    }

    /// <summary>A linear layer and its activation, after the layer before.</summary>
    public void Add(string layer, Activation activation) => last = Add(layer, activation, $"{layer}.output");

    /// <summary>The same, as an output of the model (batch × outputs): what is added next does not follow it, but the layer before it.</summary>
    public void AddOutput(string layer, Activation activation, string name, string description) =>
        graph.Add(12, Value(Add(layer, activation, name), Tensor($"{layer}.bias").Values.Length, description));

    /// <summary>The model as a file.</summary>
    /// <param name="metadata">What else a reader should find in it.</param>
    public byte[] ToModel(IReadOnlyDictionary<string, string> metadata)
    {
        ProtobufMessage model = new ProtobufMessage().AddInteger(1, IrVersion).Add(2, "AeVae").Add(7, graph).Add(8, new ProtobufMessage().Add(1, "").AddInteger(2, OperatorSet));
        foreach ((string key, string value) in metadata)
            model.Add(14, new ProtobufMessage().Add(1, key).Add(2, value));
        return model.ToArray();
    }

    string Add(string layer, Activation activation, string output)
    {
        (string Name, ProtobufMessage? Attribute)? function = activation switch
        {
            Activation.Identity => null,
            Activation.Relu => ("Relu", null),
            Activation.LeakyRelu => ("LeakyRelu", Attribute("alpha", FloatAttribute).AddFloat(2, 0.01f)),
            Activation.Elu => ("Elu", null),
            Activation.Tanh => ("Tanh", null),
            Activation.Sigmoid => ("Sigmoid", null),
            Activation.Softplus => ("Softplus", null),
            _ => throw new InvalidOperationException($"no activation {activation}"),
        };
        string linear = function is null ? output : $"{layer}.linear";
        AddParameter($"{layer}.weight");
        AddParameter($"{layer}.bias");
        AddNode("Gemm", [last, $"{layer}.weight", $"{layer}.bias"], linear, Attribute("transB", IntegerAttribute).AddInteger(3, 1));
        if (function is { } chosen)
            AddNode(chosen.Name, [linear], output, chosen.Attribute);
        return output;
    }

    void AddNode(string operation, string[] inputs, string output, ProtobufMessage? attribute)
    {
        ProtobufMessage node = new();
        foreach (string input in inputs)
            node.Add(1, input);
        node.Add(2, output).Add(4, operation);
        graph.Add(1, attribute is null ? node : node.Add(5, attribute));
    }

    void AddParameter(string name)
    {
        StoredTensor parameter = Tensor(name);
        ProtobufMessage tensor = new();
        foreach (int length in parameter.Shape)
            tensor.AddInteger(1, length);
        byte[] values = new byte[parameter.Values.Length * sizeof(float)];
        for (int i = 0; i < parameter.Values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(values.AsSpan(i * sizeof(float)), parameter.Values[i]);
        graph.Add(5, tensor.AddInteger(2, Float).Add(8, name).Add(9, values));
    }

    StoredTensor Tensor(string name) => parameters.Single(tensor => tensor.Name == name);

    static ProtobufMessage Attribute(string name, int type) => new ProtobufMessage().Add(1, name).AddInteger(20, type);

    static ProtobufMessage Value(string name, int width, string description)
    {
        ProtobufMessage shape = new ProtobufMessage().Add(1, new ProtobufMessage().Add(2, "batch")).Add(1, new ProtobufMessage().AddInteger(1, width));
        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().AddInteger(1, Float).Add(2, shape))).Add(3, description);
    }
}
