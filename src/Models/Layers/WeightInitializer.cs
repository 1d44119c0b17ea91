using AeVae.Compute;

namespace AeVae.Models.Layers;

/// <summary>Draws the first weights and biases; element i of a tensor in its row-major (out, in) order is draw i of the stream <c>init/</c> + its name.</summary>
static class WeightInitializer
{
    public static void Draw(Dense layer, Initialization init, ulong seed)
    {
        int fanIn = layer.Weight.Value.Matrix.Rows, fanOut = layer.Weight.Value.Matrix.Columns;
        switch (init)
        {
            case Initialization.Torch:
                float bound = (float)(1 / Math.Sqrt(fanIn));
                Uniform(layer.Weight.Value, bound, seed);
                Uniform(layer.Bias.Value, bound, seed);
                break;
            case Initialization.Glorot:
                Uniform(layer.Weight.Value, (float)Math.Sqrt(6.0 / (fanIn + fanOut)), seed);
                break;
            case Initialization.He:
                Normal(layer.Weight.Value, (float)Math.Sqrt(2.0 / fanIn), seed);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(init), init, "no such initialisation");
        }
    }

    static void Uniform(Tensor tensor, float bound, ulong seed)
    {
        float[] values = new float[tensor.Count];
        new RandomStream(seed, $"init/{tensor.Name}").FillUniform(values, step: 0, epoch: 0);
        for (int i = 0; i < values.Length; i++) values[i] = (2 * values[i] - 1) * bound;
        tensor.CopyFrom(values);
    }

    static void Normal(Tensor tensor, float standardDeviation, ulong seed)
    {
        float[] values = new float[tensor.Count];
        new RandomStream(seed, $"init/{tensor.Name}").FillNormal(values, step: 0, epoch: 0);
        for (int i = 0; i < values.Length; i++) values[i] *= standardDeviation;
        tensor.CopyFrom(values);
    }
}
