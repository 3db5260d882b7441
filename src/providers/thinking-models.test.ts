import { describe, expect, it } from 'vitest';
import { isThinkingModel, thinkingFamily, thinkingRoomTokens } from './thinking-models.ts';

describe('families of reasoning models', () => {
  it.each([
    ['openai/gpt-oss-120b', 'always'],
    ['o3-mini', 'always'],
    ['openai/o4-mini', 'always'],
    ['gpt-5-mini', 'always'],
    ['gpt-5.2', 'usually'],
    ['claude-opus-4-6', 'usually'],
    ['claude-3-7-sonnet-latest', 'asked'],
    ['gemini-2.5-pro', 'always'],
    ['gemini-2.5-flash', 'usually'],
    ['google/gemini-3-pro-preview', 'always'],
    ['deepseek-reasoner', 'always'],
    ['DeepSeek-R1-Distill-Qwen-7B', 'always'],
    ['deepseek-ai/DeepSeek-V3.1', 'asked'],
    ['Qwen/Qwen3-8B', 'usually'],
    ['qwen3:4b', 'usually'],
    ['qwen3.5-35b-a3b', 'usually'],
    ['Qwen/Qwen3-30B-A3B-Thinking-2507', 'always'],
    ['Qwen/Qwen3-30B-A3B-Instruct-2507', 'asked'],
    ['qwen3-coder-30b', 'asked'],
    ['QwQ-32B', 'always'],
    ['zai-org/GLM-4.6', 'usually'],
    ['magistral-small-2509', 'always'],
    ['grok-4-0709', 'always'],
    ['grok-4-fast-non-reasoning', 'asked'],
    ['grok-4-fast-reasoning', 'always'],
    ['nvidia/NVIDIA-Nemotron-Nano-9B-v2', 'usually'],
    ['MiniMax-M2', 'always'],
    ['moonshotai/Kimi-K2-Thinking', 'always'],
    ['ernie-4.5-21b-a3b-thinking', 'usually'],
    ['tencent/Hunyuan-A13B-Instruct', 'usually'],
    ['microsoft/Phi-4-mini-reasoning', 'always'],
  ])('%s reasons %s', (model, thinks) => {
    expect(thinkingFamily(model)?.thinks).toBe(thinks);
    expect(isThinkingModel(model)).toBe(thinks !== 'asked');
  });

  it.each([
    'gpt-4o-mini',
    'gpt-5-chat-latest',
    'llama-3.3-70b',
    'qwen2.5:7b',
    'mistral-small',
    'gemma-3-27b-it',
    'kimi-k2-instruct',
    'phi-4',
    'judge',
    'grok-3',
  ])('leaves no room for reasoning to %s', (model) => {
    expect(thinkingRoomTokens(model, undefined)).toBe(0);
    expect(thinkingRoomTokens(model, 700)).toBe(700);
  });
});
